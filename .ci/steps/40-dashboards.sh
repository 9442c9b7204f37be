#!/usr/bin/env bash
# Holds dashboards and alerts against their rules, then against applications that run. Needs the packaged sample.
set -euo pipefail

cd dashboards
python3 -m unittest -q check.test_static check.test_live
python3 -m check.static
python3 -m check.live --require-wire
