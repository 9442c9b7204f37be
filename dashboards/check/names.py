"""Whether dashboards and rules name only metrics and labels that exist, and whether each alert is in the runbook."""

import re

from . import catalogue, dashboards, promql

DOCUMENTATION = "https://github.com/zmqmonitor/zmq-monitor/blob/main/docs/"
RUNBOOK = DOCUMENTATION + "runbook.md#"


def dashboard_problems(dashboard, metrics):
    for place, expr in dashboards.expressions(dashboard):
        yield from expression_problems(place, expr, metrics)
    for variable in dashboards.variables(dashboard):
        label = dashboards.label_values(variable["query"])
        if label and label[1] not in all_labels(metrics):
            yield f"{dashboard['title']}, variable {variable['name']}: there is no label {label[1]}"


def rule_problems(rules, metrics):
    """Rules are as Prometheus' API gives them."""
    recorded = {rule["name"]: all_labels(metrics) for rule in rules if rule["type"] == "recording"}
    for rule in rules:
        yield from expression_problems(f"rule {rule['name']}", rule["query"], {**metrics, **recorded})
        for name, text in rule.get("annotations", {}).items():
            for label in re.findall(r"\$labels\.(\w+)", text):
                if label not in all_labels(metrics):
                    yield f"rule {rule['name']}, {name}: there is no label {label}"


def runbook_problems(rules, runbook):
    """Each alert leads to an entry of its own name, and each entry that looks like one of an alert belongs to one."""
    alerts = [rule for rule in rules if rule["type"] == "alerting"]
    headings = re.findall(r"^## (.+)$", runbook, re.MULTILINE)
    for rule in alerts:
        name = rule["name"]
        if rule["annotations"].get("runbook_url") != RUNBOOK + name.lower():
            yield f"rule {name} has the runbook_url {rule['annotations'].get('runbook_url')}"
        if name not in headings:
            yield f"the runbook has no entry {name}"
        for annotation in ("summary", "description"):
            if not rule["annotations"].get(annotation):
                yield f"rule {name} has no {annotation}"
        if rule["labels"].get("severity") not in ("critical", "warning", "info"):
            yield f"rule {name} has the severity {rule['labels'].get('severity')}"
    for heading in headings:
        if heading.startswith("Zmq") and heading not in {rule["name"] for rule in alerts}:
            yield f"the runbook has an entry {heading}, but there is no such alert"


def table_problems(rules, text):
    """The table of alerts in docs/dashboards.md has each of them."""
    for name in sorted({rule["name"] for rule in rules if rule["type"] == "alerting"}):
        if f"| [{name}](runbook.md#{name.lower()}) |" not in text:
            yield f"the table of alerts has no line {name}"


def link_problems(dashboard, docs):
    """Links from panels and cells to pages of the documentation, and to headings in them."""
    for panel in dashboards.panels(dashboard):
        for url in re.findall(re.escape(DOCUMENTATION) + r"([^'\"]*)", str(panel)):
            page, _, anchor = url.partition("#")
            path = docs / page
            if not path.is_file():
                yield f"{dashboard['title']}, panel {panel['title']}: there is no page {page}"
            elif anchor and anchor not in _anchors(path.read_text()):
                yield f"{dashboard['title']}, panel {panel['title']}: {page} has no heading {anchor}"


def _anchors(text):
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def expression_problems(place, expr, metrics):
    read = promql.read(expr)
    if not read.selectors:
        yield f"{place}: names no metric"
    usable = set()
    for selector in read.selectors:
        for metric in selector.metrics():
            if metric not in metrics:
                yield f"{place}: there is no metric {metric}"
                continue
            usable |= metrics[metric]
            for label, _, _ in selector.matchers:
                if label not in metrics[metric]:
                    yield f"{place}: {metric} has no label {label}"
    for label in read.clause_labels - usable:
        yield f"{place}: no metric in it has the label {label}"


def all_labels(metrics):
    return set().union(*metrics.values())


def rule_test_problems(rules, groups):
    """Each alert has to be seen firing and silent in the tests of the rules."""
    tests = [test for group in groups for test in group.get("alert_rule_test", [])]
    for name in sorted({rule["name"] for rule in rules if rule["type"] == "alerting"}):
        outcomes = {bool(test.get("exp_alerts")) for test in tests if test["alertname"] == name}
        if outcomes != {True, False}:
            yield f"rule {name} is not tested " + ("to fire" if True not in outcomes else "to be silent")
