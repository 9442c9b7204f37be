"""Runs the queries of dashboards as Grafana would, and judges the answers."""

import math
import re

from lab.prometheus import QueryError

from . import dashboards, promql

# Queries, by dashboard, title of the panel and letter, that may have an empty answer, and why.
MAY_BE_EMPTY = {
    ("ZeroMQ / Overview", "Live connections B"): "handshakes are over sooner than somebody scrapes",
    ("ZeroMQ / Socket", "Live connections B"): "handshakes are over sooner than somebody scrapes",
}

# Bytes are counted by netlink only, which the lab has with a newer Java.
WITHOUT_NETLINK = {(title, f"Bytes {direction} A"): "there is no Java that can ask by netlink"
                   for title in ("ZeroMQ / Overview", "ZeroMQ / Socket") for direction in ("sent", "received")}

# Labels whose values are a small set of words, so that a misspelt one can be told.
WORDS = {"state", "role", "reason", "direction", "operation", "outcome", "phase", "stage", "hint"}

ALL = {"job": ".+", "instance": ".+", "socket": ".+", "endpoint": ".+"}


def fill(expr, chosen, rate_interval, whole_range):
    """Puts values in the place of variables. Chosen ones are escaped as Grafana escapes them."""
    values = {"__rate_interval": f"{rate_interval}s", "__range": f"{whole_range}s", **chosen}
    return re.sub(r"\$(\w+)", lambda match: values[match.group(1)], expr)


def escape(value):
    """What Grafana makes of a chosen value in a string of PromQL that is a regular expression."""
    return re.sub(r"([\\^$*+?.()|\[\]{}])", r"\\\\\1", value)


def has_numbers(series):
    return any(not math.isnan(value) for each in series for _, value in each["values"])


class Window:
    """A time of which questions are asked."""

    def __init__(self, prometheus, start, end, step):
        self.prometheus = prometheus
        self.start = start
        self.end = end
        self.step = step

    def ask(self, expr, chosen=None, instant=False):
        filled = fill(expr, {**ALL, **(chosen or {})}, 4 * self.step, int(self.end - self.start))
        if instant:
            return self.prometheus.instant(filled, self.end)
        return self.prometheus.range(filled, self.start, self.end, self.step)


def problems(dashboard, window, may_be_empty=None):
    may_be_empty = MAY_BE_EMPTY if may_be_empty is None else may_be_empty
    title = dashboard["title"]
    for panel in dashboards.panels(dashboard):
        place = f"{title}, panel {panel['title']}"
        for target in panel["targets"]:
            series = yield from _asked(place, window, target["expr"], target["instant"])
            if series is None:
                continue
            if not has_numbers(series) and (title, f"{panel['title']} {target['refId']}") not in may_be_empty:
                yield f"{place} {target['refId']}: no answer"
            for label in re.findall(r"{{ *(\w+) *}}", target["legendFormat"]):
                if any(label not in each["labels"] for each in series):
                    yield f"{place} {target['refId']}: the legend names {label}, which is not in the answer"
    for annotation in dashboards.annotations(dashboard):
        place = f"{title}, annotation {annotation['name']}"
        series = yield from _asked(place, window, annotation["target"]["expr"], False)
        if series is not None and not has_numbers(series):
            yield f"{place}: no answer"
    for variable in dashboards.variables(dashboard):
        query = dashboards.label_values(variable["query"])
        if query and not window.prometheus.label_values(query[1], fill(query[0], ALL, 0, 0)):
            yield f"{title}, variable {variable['name']}: nothing to choose"


def word_problems(place, expr, prometheus):
    """Values of labels in matchers that no series has: mostly a misspelt word."""
    for selector in promql.read(expr).selectors:
        for label, operator, value in selector.matchers:
            if label in WORDS:
                known = prometheus.label_values(label, selector.metric)
                for word in value.split("|"):
                    if word not in known:
                        yield f"{place}: {selector.metric} never has {label}=\"{word}\""


def _asked(place, window, expr, instant):
    try:
        return window.ask(expr, instant=instant)
    except QueryError as ex:
        yield f"{place}: {ex}"
        return None
