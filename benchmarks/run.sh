#!/usr/bin/env bash
# Runs all benchmarks, which takes about three quarters of an hour on a quiet machine, and puts their results together in
# target/results/summary.md. Build them first: mvn -pl benchmarks -am -DskipTests package
set -uo pipefail
cd "$(dirname "$0")"
results=target/results
mkdir -p "$results"
rm -f "$results"/*

failed=0
run() {
  local name=$1
  shift
  echo "== $name, $(date +%T)"
  if java -jar target/benchmarks.jar "$@" > "$results/$name.log" 2>&1; then
    cat "$results/$name.md"
  else
    echo "FAILED, see $results/$name.log"
    failed=1
  fi
}

run footprint footprint
run events events
run growth growth
run churn churn 100
run messages messages 10
run latency latency 8
run messages-read messages-read 4
run startup startup 40
run reading reading 25
run kernel kernel 200
run walk walk 60
run scrape scrape 60
run storm storm 30
run drops drops 7

{
  echo "$(lscpu | sed -n 's/^Model name: *//p'), $(nproc) cores, $(uname -sr); $(java -version 2>&1 | sed -n 2p); $(date +%F)"
  for name in footprint events growth churn messages latency messages-read startup reading kernel walk scrape storm drops; do
    [ -f "$results/$name.md" ] && printf '\n## %s\n\n' "$name" && cat "$results/$name.md"
  done
} > "$results/summary.md"
echo "== done, $(date +%T), see $results/summary.md"
exit $failed
