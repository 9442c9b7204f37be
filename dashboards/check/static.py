#!/usr/bin/env python3
"""Checks dashboards, rules and configurations that need no running application.

    python3 -m check.static     (in the folder dashboards)
"""

import sys
import tempfile

import yaml

from lab.processes import Process, end_with_signal, eventually, free_ports
from lab.prometheus import Prometheus

from . import catalogue, compose, dashboards, lint, names
from .commands import DASHBOARDS, complaints, finish

RULES = DASHBOARDS / "prometheus" / "zmq-rules.yml"
RULE_TESTS = DASHBOARDS / "prometheus" / "zmq-rules-test.yml"


def rules():
    """The rules as Prometheus itself reads them."""
    with tempfile.TemporaryDirectory(prefix="zmq-rules-") as directory:
        config = f"{directory}/prometheus.yml"
        with open(config, "w") as file:
            file.write(f"rule_files: ['{RULES}']\n")
        [port] = free_ports(1)
        process = Process("prometheus", ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={directory}/data",
                                         f"--web.listen-address=127.0.0.1:{port}", "--log.level=warn"], directory)
        try:
            return eventually("Prometheus reads the rules", Prometheus(f"http://127.0.0.1:{port}").rules, 30, [process])
        finally:
            process.stop()


def main():
    end_with_signal()
    finish("the dashboards are those that generate.py writes",
           complaints(sys.executable, "grafana/generate.py", "--check"))
    finish("the dashboards keep the rules of Grafana's linter",
           [problem for dashboard in dashboards.load() for problem in lint.problems(dashboard)])
    finish("promtool accepts the rules and passes their tests",
           complaints("promtool", "check", "rules", "--lint=all", "--lint-fatal", "prometheus/zmq-rules.yml")
           + complaints("promtool", "test", "rules", "prometheus/zmq-rules-test.yml"))
    metrics = catalogue.metrics()
    loaded = rules()
    finish("dashboards and rules name only metrics and labels that exist",
           [problem for dashboard in dashboards.load() for problem in names.dashboard_problems(dashboard, metrics)]
           + list(names.rule_problems(loaded, metrics)))
    finish("each alert is seen firing and silent in the tests of the rules",
           list(names.rule_test_problems(loaded, yaml.safe_load(RULE_TESTS.read_text())["tests"])))
    finish("each alert has an entry in the runbook, and a line in the table of alerts",
           list(names.runbook_problems(loaded, (catalogue.DOCS / "runbook.md").read_text()))
           + list(names.table_problems(loaded, (catalogue.DOCS / "dashboards.md").read_text())))
    finish("links from panels to the documentation lead somewhere",
           [problem for dashboard in dashboards.load() for problem in names.link_problems(dashboard, catalogue.DOCS)])
    finish("the files for Docker Compose are well formed, and what they mount exists", compose.problems())


if __name__ == "__main__":
    main()
