#!/usr/bin/env bash
# Runs the tests of the jar that was built on Java 17 with Spring Boot 4.1 on the others that are supported, too.
set -euo pipefail

oldest=4.0.9
# What peers and faults do to a socket depends neither on Spring Boot nor on Java, and takes longest: that is tested once, in
# the build itself. What does not use Spring is not tested with another one.
once='!SoakIT,!StandingHandshakesIT,!MissingFieldsIT,!LivePage*IT,!AddressesIT,!SharedAddressesIT,!LibzmqIT,!FaultsIT,!DescriptorsIT,!DrillsIT,!StrangersIT,!OwnEndsIT,!OldJeromqIT,!*ClientsIT,!Native*IT'
# ... and how classes are loaded depends on Java. The way by beans is Spring's, and is tested with it.
java='!AgentIT,!ClassArchivesIT,!KernelTruthIT,!KernelWaysIT,!LoadedClassesIT'
spring=("-Dsurefire.excludesFile=$PWD/.ci/without-spring-boot.txt" "-Dit.test=*IT,$once,$java" -Dit.instrumentation=beans)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

jar=$(ls autoconfigure/target/zmq-monitor-spring-boot-autoconfigure-*.jar | grep -v -e sources -e javadoc)
sum=$(sha256sum < "$jar")

# With maven.main.skip the classes of the library are not compiled again: users get one jar for all versions, and another
# compiler or another Spring Boot could make other classes of the same sources.
same_jar() {
  local name=$1
  shift
  echo "-- $name, the same jar"
  rm -rf "$copy/checkout"
  cp -a . "$copy/checkout"
  # each cell compiles its own tests, and what those of an earlier run have left would be taken for its own
  rm -rf "$copy"/checkout/*/target/{test-classes,generated-test-sources,surefire-reports,failsafe-reports} \
    "$copy"/checkout/*/.jqwik-database
  (cd "$copy/checkout" && mvn -B -ntp -q verify -Dmaven.main.skip=true -Dzmqmonitor.require-peers=true \
    "-Dit.test=*IT,$once" -Dfailsafe.failIfNoSpecifiedTests=false "$@")
  [ "$(sha256sum < "$copy/checkout/$jar")" = "$sum" ] || { echo "FAILED: $name was tested with another jar"; exit 1; }
  echo "ok: $name, the same jar"
}

from_source() {
  local name=$1
  shift
  echo "-- $name, from source"
  rm -rf "$copy/checkout"
  git clone -q . "$copy/checkout"
  (cd "$copy/checkout" && mvn -B -ntp -q package -DskipTests "$@")
  echo "ok: $name, from source"
}

same_jar "Spring Boot $oldest" -Dspring-boot.version=$oldest "${spring[@]}"
from_source "Spring Boot $oldest" -Dspring-boot.version=$oldest

newest=$(ls -d /usr/lib/jvm/*25* 2> /dev/null | head -n 1 || true)
if [ -n "$newest" ] && [ -x "$newest/bin/javac" ]; then
  export JAVA_HOME=$newest
  same_jar "Java 25"
  same_jar "Java 25 with Spring Boot $oldest" -Dspring-boot.version=$oldest "${spring[@]}"
  from_source "Java 25"
else
  echo "skipped: Java 25 is not installed under /usr/lib/jvm"
fi
