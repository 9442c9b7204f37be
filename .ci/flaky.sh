#!/usr/bin/env bash
# Runs all tests again and again, as continuous integration does, and says which of them fail now and then.
# What is committed is tested, in a copy. Logs and reports of failed runs are kept in target/flaky.
# Usage: flaky.sh [--busy] [RUNS] [MAVEN'S ARGUMENTS]
#   --busy   keeps every core busy with something else meanwhile
#   RUNS     how often, 10 if it is not given
set -euo pipefail
cd "$(dirname "$0")/.."

busy=false
runs=10
if [ "${1:-}" = --busy ]; then
  busy=true
  shift
fi
if [[ "${1:-}" =~ ^[1-9][0-9]*$ ]]; then
  runs=$1
  shift
fi

results=$PWD/target/flaky
rm -rf "$results"
mkdir -p "$results"
copy=$(mktemp -d)
burners=()

clean_up() {
  if [ ${#burners[@]} -gt 0 ]; then
    kill "${burners[@]}" 2> /dev/null || true
  fi
  rm -rf "$copy"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

git clone -q . "$copy/checkout"
if $busy; then
  for _ in $(seq 1 "$(nproc)"); do
    sh -c 'while :; do :; done' &
    burners+=($!)
  done
fi

reports() { find "$copy/checkout" -path '*-reports/TEST-*.xml'; }

# Each test that has failed, one a line.
failures() {
  reports | python3 -c '
import sys
import xml.etree.ElementTree as xml

for line in sys.stdin:
    for case in xml.parse(line.strip()).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            print((case.get("classname") or "").rpartition(".")[2] + "." + (case.get("name") or "(class)"))'
}

passed=0
for run in $(seq 1 "$runs"); do
  begin=$(date +%s)
  find "$copy/checkout" -depth \( -name surefire-reports -o -name failsafe-reports \) -exec rm -rf {} +
  rm -f "$copy"/checkout/*/.jqwik-database
  outcome=passed
  # a failed test must not keep the others from running
  (cd "$copy/checkout" && bash .ci/verify.sh -Dmaven.test.failure.ignore=true "$@") > "$results/run-$run.log" 2>&1 \
    || outcome=broken
  failures | sort > "$results/run-$run.failures"
  if [ -s "$results/run-$run.failures" ]; then
    outcome=failed
  elif [ -z "$(reports)" ] || grep -q '^\[ERROR\]' "$results/run-$run.log"; then
    # such as a JVM of tests that has crashed
    outcome=broken
  fi
  if [ $outcome = passed ]; then
    passed=$((passed + 1))
    rm "$results/run-$run.log" "$results/run-$run.failures"
  else
    mkdir "$results/run-$run"
    reports | xargs -r cp -t "$results/run-$run"
  fi
  echo "run $run of $runs: $outcome, $(($(date +%s) - begin)) s"
  [ $outcome != broken ] || echo "  no test has failed, but the build has: see $results/run-$run.log"
  [ $outcome != failed ] || sed 's/^/  /' "$results/run-$run.failures"
done

echo "$passed of $runs passed"
[ "$passed" = "$runs" ] && exit
cat "$results"/run-*.failures | sort | uniq -c | sort -rn
exit 1
