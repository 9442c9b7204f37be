#!/usr/bin/env bash
# Builds and tests everything as continuous integration does: with all peers, and a long soak.
# Usage: verify.sh [MAVEN'S ARGUMENTS]
set -euo pipefail

exec mvn -B -ntp verify -Dzmqmonitor.require-peers=true -Dzmqmonitor.soak-cycles=200000 -Dzmqmonitor.soak-seconds=130 -Dzmqmonitor.race-seconds=120 "$@"
