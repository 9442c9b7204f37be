#!/usr/bin/env bash
# Processes the sample ahead of time and checks it on the JVM as it is checked without.
set -euo pipefail

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git clone -q . "$copy/checkout"
(cd "$copy/checkout" && mvn -B -ntp -q -pl sample-app -am -Paot -DskipTests package)
jar=$(ls "$copy"/checkout/sample-app/target/zmq-monitor-sample-app-*.jar | head -n 1)
unzip -l "$jar" > "$copy/classes"
grep -q 'org/zeromq/ZContext..SpringCGLIB' "$copy/classes" || { echo "FAILED: no generated proxy class"; exit 1; }
JAVA_OPTIONS=-Dspring.aot.enabled=true bash .ci/steps/10-sample.sh "$jar"
