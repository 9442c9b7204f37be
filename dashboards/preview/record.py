#!/usr/bin/env python3
"""Runs the sample for some minutes, with an outage and a few strangers, and records what the panels would show.

    python3 -m preview.record FILE     (in the folder dashboards)
"""

import json
import pathlib
import socket
import sys
import time

from check import dashboards
from check.answers import Window, escape
from lab.lab import SCRAPE_SECONDS, Lab, newest_java
from lab.processes import end_with_signal

SECONDS = 360

# What the second dashboard shows: a variable's value, or all of them.
CHOSEN = {
    "zmq-overview": {},
    "zmq-socket": {"socket": ["auditor", "orderWorkerAnna", "quotes", "tickFeed"]},
}


def probe(port):
    """Greets a ZeroMQ socket as a browser would."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        time.sleep(1)


def live_through(lab):
    """Two strangers come, the server crashes for most of a minute, and one client for a while."""
    def until(second):
        time.sleep(max(0, lab.since + second - time.time()))

    until(45)
    probe(lab.sample_ports["order"])
    until(75)
    probe(lab.sample_ports["order"])
    until(110)
    lab.kill_server()
    until(150)
    lab.start_server()
    until(SECONDS)


def answers(dashboard, window):
    chosen = {name: "|".join(escape(value) for value in values)
              for name, values in CHOSEN[dashboard["uid"]].items()}
    return {
        "chosen": CHOSEN[dashboard["uid"]],
        "panels": {panel["id"]: [window.ask(target["expr"], chosen, target["instant"]) for target in panel["targets"]]
                   for panel in dashboards.panels(dashboard)},
        "annotations": {each["name"]: window.ask(each["target"]["expr"], chosen)
                        for each in dashboards.annotations(dashboard)},
    }


def main(path):
    end_with_signal()
    with Lab(java=newest_java()) as lab:
        live_through(lab)
        window = Window(lab.prometheus, lab.since, time.time(), SCRAPE_SECONDS)
        result = {"start": window.start, "end": window.end, "step": window.step,
                  "dashboards": {each["uid"]: answers(each, window) for each in dashboards.load()}}
    pathlib.Path(path).write_text(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1])
