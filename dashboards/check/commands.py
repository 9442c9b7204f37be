"""Runs tools that judge files, and says what they complain about."""

import pathlib
import subprocess
import sys

DASHBOARDS = pathlib.Path(__file__).resolve().parent.parent


def complaints(*command, text=None):
    """Nothing if the command succeeds, otherwise its output."""
    result = subprocess.run([str(part) for part in command], cwd=DASHBOARDS, input=text, capture_output=True, text=True)
    if result.returncode == 0:
        return []
    return [f"{' '.join(map(str, command))}: {(result.stdout + result.stderr).strip()}"]


def metrics_complaints(scrape):
    """What promtool says of the meters of this project. The rest of a scrape comes from other libraries."""
    result = subprocess.run(["promtool", "check", "metrics"], input=scrape, capture_output=True, text=True)
    lines = (result.stdout + result.stderr).strip().splitlines()
    if result.returncode not in (0, 3):
        return [f"promtool check metrics: {line}" for line in lines]
    return [f"promtool check metrics: {line}" for line in lines if line.startswith("zmq_")]


def finish(what, problems):
    """Ends the program, in words."""
    for problem in problems:
        print(f"FAILED: {problem}")
    if problems:
        sys.exit(1)
    print(f"ok: {what}", flush=True)
