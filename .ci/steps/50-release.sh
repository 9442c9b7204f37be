#!/usr/bin/env bash
# Builds twice, at two places, all that a release consists of, and compares byte by byte. A warning of Javadoc fails it.
set -euo pipefail

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

build() {
  git clone -q . "$copy/$1"
  (cd "$copy/$1" && mvn -B -ntp -q -Prelease -DskipTests package)
  (cd "$copy/$1" && sha256sum */target/*.jar */target/bom.json | sort -k 2) > "$copy/$1.sums"
}

build one
build another
diff "$copy/one.sums" "$copy/another.sums" || { echo "FAILED: the build is not reproducible"; exit 1; }

carries() {
  unzip -l "$1" > "$copy/list"
  shift
  for entry in "$@"; do
    grep -q " $entry\$" "$copy/list" || { echo "FAILED: no $entry in a jar"; exit 1; }
  done
}

cd "$copy/one"
library=$(ls autoconfigure/target/*-autoconfigure-*.jar | grep -v -e sources -e javadoc)
carries "$library" META-INF/LICENSE META-INF/NOTICE META-INF/spring-configuration-metadata.json \
  io/github/zmqmonitor/internal/page/page.html
carries "$(ls autoconfigure/target/*-sources.jar)" io/github/zmqmonitor/monitor/ZmqMonitor.java
carries "$(ls autoconfigure/target/*-javadoc.jar)" io/github/zmqmonitor/monitor/ZmqMonitor.html
carries "$(ls starter/target/*-starter-*.jar | grep -v -e sources -e javadoc)" META-INF/LICENSE META-INF/NOTICE
agent=$(ls agent/target/*-agent-*.jar | grep -v -e sources -e javadoc)
carries "$agent" META-INF/LICENSE META-INF/NOTICE
unzip -p "$agent" META-INF/MANIFEST.MF | grep -q '^Premain-Class: ' || { echo "FAILED: the agent's jar names no agent"; exit 1; }
carries "$(ls sample-app/target/*.jar)" META-INF/sbom/application.cdx.json
echo "ok: $(wc -l < "$copy/one.sums") files are the same in both builds"
