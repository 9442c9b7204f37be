#!/usr/bin/env bash
# Lets a fuzzer look for inputs that break the decoder, the receiver or the endpoint.
# What it finds belongs into the inputs of the test of the same name; it is printed, and kept in autoconfigure/target/fuzz.
# Usage: fuzz.sh [SECONDS] [TEST]
#   SECONDS  how long each test, 600 if it is not given
#   TEST     the name of one test, such as MessageDecoderFuzzTests
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-600}
tests=autoconfigure/src/test/java
work=autoconfigure/target/fuzz

mkdir -p "$work"
mvn -B -ntp -q -Pfuzz -pl autoconfigure test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz/classpath
classes=autoconfigure/target/test-classes:autoconfigure/target/classes:$(cat "$work/classpath")

found=0
for file in $(cd "$tests" && find . -name "${2:-*FuzzTests}.java" | sort); do
  class=$(echo "${file#./}" | sed 's/\.java$//; s#/#.#g')
  echo "$class for $seconds s"
  java -cp "$classes" io.github.zmqmonitor.build.FuzzSeeds "$class" "$work/$class"
  # the directory of inputs grows by what reaches new code
  java -Xmx1g -cp "$classes" com.code_intelligence.jazzer.Jazzer --target_class="$class" \
    --instrumentation_includes='io.github.zmqmonitor.**' \
    --custom_hook_includes='io.github.zmqmonitor.**' -max_total_time="$seconds" -max_len=2048 \
    -artifact_prefix="$work/" --reproducer_path="$work" "$work/$class" > "$work/$class.log" 2>&1 || found=1
  grep -E "^==|Base64|Java Exception|^Caused|ERROR|DONE" "$work/$class.log" || { tail -20 "$work/$class.log"; found=1; }
done
exit $found
