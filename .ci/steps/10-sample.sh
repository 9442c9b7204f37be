#!/usr/bin/env bash
# Starts the packaged sample for real and holds its endpoint and its meters against each other.
set -euo pipefail

# Usage: 10-sample.sh [JAR], with options for the JVM in JAVA_OPTIONS.
jar=${1:-$(ls sample-app/target/zmq-monitor-sample-app-*.jar | grep -v -e sources -e javadoc | head -n 1)}
work=$(mktemp -d)
mapfile -t ports < <(cd dashboards && PYTHONDONTWRITEBYTECODE=1 python3 -c '
from lab.lab import free_ipc_name
from lab.processes import free_ports
print(*free_ports(6), free_ipc_name(), sep="\n")')
base="http://127.0.0.1:${ports[0]}/actuator"

java ${JAVA_OPTIONS:-} -jar "$jar" --server.port="${ports[0]}" --sample.order-port="${ports[1]}" --sample.price-port="${ports[2]}" \
  --sample.vault-port="${ports[3]}" --sample.tick-port="${ports[4]}" --sample.quote-port="${ports[5]}" \
  --sample.invoice-name="${ports[6]}" \
  > "$work/log" 2>&1 &
pid=$!
trap 'kill -KILL $pid 2> /dev/null || true; rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $1"
  tail -n 40 "$work/log"
  exit 1
}

# Runs a check until it passes: traffic goes on between two readings. The limit is for what hangs.
eventually() {
  local what=$1
  shift
  for _ in $(seq 1 480); do
    if "$@"; then
      echo "ok: $what"
      return
    fi
    kill -0 $pid 2> /dev/null || fail "$what: the application has ended"
    sleep 0.5
  done
  fail "$what"
}

endpoint() { curl -sf "$base/zmq" > "$work/zmq.json"; }
scrape() { curl -sf "$base/prometheus" > "$work/metrics"; }

page() {
  curl -sf -H 'Accept: text/html' "$base/zmq" > "$work/page" && grep -q '<meta name="application-name" content="zmq-sample">' "$work/page"
}

answers() { curl -s -o /dev/null "$base/health"; }

shows() {
  endpoint && jq -e --arg state "$1" "[.sockets[] | select(.name == \"$2\") | .endpoints[]
    | select(.state == \$state and ($3))] | length == 1" "$work/zmq.json" > /dev/null
}

# Compares a field of one socket in the endpoint with the sample of its meter.
agrees() {
  local socket=$1 field=$2 meter=$3
  endpoint && scrape || return 1
  local json metric
  json=$(jq -r ".sockets[] | select(.name == \"$socket\") | .endpoints[0].$field" "$work/zmq.json")
  metric=$(awk -v meter="$meter" -v socket="socket=\"$socket\"" \
    'index($0, meter "{") == 1 && index($0, socket) { print $NF + 0 }' "$work/metrics")
  [ -n "$metric" ] && [ "$json" = "$metric" ] && [ "$json" -ge "$4" ]
}

eventually "the application answers" answers
eventually "the live page" page
eventually "a listening endpoint" shows listening orderDesk '.accepted >= 2 and .connections >= 2'
eventually "a connected endpoint" shows connected priceBoard '.established >= 1 and .connections == 1'
eventually "a retrying endpoint" shows retrying quotes '.retries >= 2 and .connections == 0 and .retryInterval != null'
eventually "an abandoned endpoint" shows abandoned auditor '.lastError.error == "auth" and .connections == 0'
eventually "zmq_connections" agrees priceFeed connections zmq_connections 2
eventually "zmq_connections_accepted_total" agrees orderDesk accepted zmq_connections_accepted_total 2
eventually "zmq_connect_retries_total" agrees quotes retries zmq_connect_retries_total 2

kill -TERM $pid
for _ in $(seq 1 600); do
  kill -0 $pid 2> /dev/null || break
  sleep 0.1
done
if kill -0 $pid 2> /dev/null; then
  jstack $pid | grep -A 8 -E '"(reaper|iothread)' || true
  fail "still running 60 s after SIGTERM"
fi
echo "ok: stopped after SIGTERM"
