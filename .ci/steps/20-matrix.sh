#!/usr/bin/env bash
# Runs all tests again with the oldest Spring Boot supported, and with the newest Java, where that is installed.
set -euo pipefail

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

verify() {
  local name=$1
  shift
  echo "-- $name"
  rm -rf "$copy/checkout"
  git clone -q . "$copy/checkout"
  (cd "$copy/checkout" && mvn -B -ntp -q verify -Dzmqmonitor.require-peers=true "$@")
  echo "ok: $name"
}

verify "Spring Boot 4.0.9" -Dspring-boot.version=4.0.9

newest=$(ls -d /usr/lib/jvm/*25* 2> /dev/null | head -n 1 || true)
if [ -n "$newest" ] && [ -x "$newest/bin/javac" ]; then
  JAVA_HOME=$newest verify "Java 25"
else
  echo "skipped: Java 25 is not installed under /usr/lib/jvm"
fi
