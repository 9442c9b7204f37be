#!/usr/bin/env bash
# Starts an application on the oldest and the newest Spring Boot 3. It must stop at once and say which versions are supported.
set -euo pipefail

jar=$PWD/$(ls autoconfigure/target/zmq-monitor-spring-boot-autoconfigure-*.jar | grep -v -e sources -e javadoc)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $1"
  cat "$work/log"
  exit 1
}

start() {
  timeout 300 java -cp "$1" Application --server.port=0 > "$work/log" 2>&1
}

check() {
  local version=$1
  mvn -B -ntp -q -f .ci/spring-boot-3/pom.xml dependency:build-classpath -Dspring-boot.version="$version" \
    -Dmdep.outputFile="$work/classpath"
  local classpath
  classpath="$work:$(cat "$work/classpath")"
  javac -parameters -cp "$classpath" -d "$work" .ci/spring-boot-3/Application.java

  # what fails below is zmq-monitor, not the application
  { start "$classpath" && grep -q '^STARTED$' "$work/log"; } || fail "does not start on $version without zmq-monitor"
  if start "$classpath:$jar"; then
    fail "started on $version"
  fi
  grep -q 'APPLICATION FAILED TO START' "$work/log" || fail "no failure report on $version"
  grep -q "zmq-monitor needs Spring Boot 4.0 or later, and this application runs on Spring Boot $version" "$work/log" \
    || fail "the report on $version does not say which versions are supported"
  ! grep -q '^\s*at ' "$work/log" || fail "a stack trace on $version"
  echo "ok: refused with a clear message on Spring Boot $version"
}

check 3.0.13
check 3.5.16
