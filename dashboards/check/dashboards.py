"""Reads dashboards, and what is in them."""

import json
import pathlib
import re

GRAFANA = pathlib.Path(__file__).resolve().parent.parent / "grafana"


def load():
    return [json.loads(path.read_text()) for path in sorted(GRAFANA.glob("*.json"))]


def panels(dashboard):
    """All panels, those of collapsed rows too, but no rows."""
    for panel in dashboard["panels"]:
        if panel["type"] != "row":
            yield panel
        yield from panel.get("panels", [])


def variables(dashboard):
    return dashboard["templating"]["list"]


def annotations(dashboard):
    return dashboard["annotations"]["list"]


def label_values(query):
    """The selector and the label of a variable's query, or nothing if it is of another kind."""
    match = re.fullmatch(r"label_values\((.+), *(\w+)\)", query)
    return match.groups() if match else None


def expressions(dashboard):
    """Pairs of a place in words and a PromQL expression."""
    title = dashboard["title"]
    for variable in variables(dashboard):
        if variable["type"] == "query":
            values = label_values(variable["query"])
            if values:
                yield f"{title}, variable {variable['name']}", values[0]
    for annotation in annotations(dashboard):
        yield f"{title}, annotation {annotation['name']}", annotation["target"]["expr"]
    for panel in panels(dashboard):
        for target in panel["targets"]:
            yield f"{title}, panel {panel['title']} {target['refId']}", target["expr"]
