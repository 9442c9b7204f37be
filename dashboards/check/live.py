#!/usr/bin/env python3
"""Checks dashboards and rules against applications that run, by a real Prometheus and a real Alertmanager.

    python3 -m check.live     (in the folder dashboards; takes about 4 minutes)

As root on Linux, one of the peers is cut off on the way. With --require-wire it is an error if that isn't possible.
"""

import contextlib
import sys
import time

from lab.lab import CLIENT_JOB, SCRAPE_SECONDS, SERVER_JOB, Lab, newest_java
from lab.processes import end_with_signal
from lab.strangers import Strangers
from lab.wire import Wire

from . import answers, catalogue, dashboards, instances, outage, strangers
from .commands import finish, metrics_complaints

CALM_SCRAPES = 10
LIMIT_SECONDS = 300


def main():
    end_with_signal()
    with Lab(second_server=True) as lab:
        try:
            check(lab)
        except AssertionError as ex:
            sys.exit(f"FAILED: {ex}\n{lab.logs()}")


def check(lab):
    print(f"ok: two servers and two clients are up, {time.strftime('%X')}", flush=True)
    with contextlib.ExitStack() as stack:
        wire = enter_wire(stack)
        ports = lab.second_sample_ports
        watch(lab, stack.enter_context(Strangers(ports["order"], ports["tick"], wire)))


def enter_wire(stack):
    try:
        return stack.enter_context(Wire())
    except OSError as ex:
        if "--require-wire" in sys.argv:
            sys.exit(f"FAILED: no peer can be cut off: {ex}")
        print(f"skipped: nobody is cut off, so that ZmqPeerUnreachable does not fire ({ex})", flush=True)
        return None


def watch(lab, visitors):
    ports = lab.ports()
    finish("promtool accepts the meters as they are scraped",
           [problem for port in ports for problem in metrics_complaints(lab.scrape(port))])
    lab.wait("each target has been scraped a few times", lambda: scrapes(lab) >= CALM_SCRAPES, LIMIT_SECONDS)
    finish("the alerts of a crashed server reach Alertmanager, and are resolved", list(outage.problems(lab)))
    finish("the alerts about strangers reach Alertmanager, and end with them", list(strangers.problems(lab, visitors)))

    window = answers.Window(lab.prometheus, lab.since, time.time(), SCRAPE_SECONDS)
    known = set(catalogue.metrics())
    finish("every meter that is scraped is in the catalogue",
           [name for name in lab.prometheus.label_values("__name__", '{__name__=~"zmq_.+"}') if name not in known])
    loaded = dashboards.load()
    may_be_empty = answers.MAY_BE_EMPTY | (answers.WITHOUT_NETLINK if newest_java() == "java" else {})
    finish("every query of every panel has an answer",
           [problem for dashboard in loaded for problem in answers.problems(dashboard, window, may_be_empty)])
    finish("words in matchers occur", words(lab, loaded))
    targets = [f"127.0.0.1:{port}" for port in ports]
    finish("the dashboards tell jobs and instances apart, and add up over them",
           [problem for dashboard in loaded
            for problem in instances.problems(dashboard, window, [SERVER_JOB, CLIENT_JOB], targets)])


def scrapes(lab):
    """How many times the target that was scraped least has been found up."""
    least = lab.prometheus.instant("min(sum_over_time(up[1h]))", time.time())
    return least[0]["values"][0][1] if least else 0


def words(lab, loaded):
    expressions = [pair for dashboard in loaded for pair in dashboards.expressions(dashboard)]
    expressions += [(f"rule {rule['name']}", rule["query"]) for rule in lab.prometheus.rules()]
    return [problem for place, expr in expressions for problem in answers.word_problems(place, expr, lab.prometheus)]


if __name__ == "__main__":
    main()
