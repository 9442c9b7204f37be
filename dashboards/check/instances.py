"""Whether the queries of dashboards tell jobs and instances apart, and add up over them."""

import math
import re

from . import dashboards

# Panels that have to show each job, and each instance, as series of their own.
APART = {
    "zmq-overview": {
        "job": ["State of endpoints", "Live connections", "Messages sent"],
        "instance": ["State of endpoints", "Live connections by instance"],
    },
    "zmq-socket": {
        "job": ["State of endpoints", "Live connections"],
        "instance": ["State of endpoints", "Live connections", "Messages waiting"],
    },
}

OUTERMOST = re.compile(r"^(?:60 \* |time\(\) - )?(sum|count|max)\b")


def problems(dashboard, window, jobs, instances):
    """Every query at one moment: the answers for single jobs, or instances, make the answer for all of them."""
    for panel in dashboards.panels(dashboard):
        for target in panel["targets"]:
            place = f"{dashboard['title']}, panel {panel['title']} {target['refId']}"
            whole = _answer(window, target["expr"], {})
            for label, values in (("job", jobs), ("instance", instances)):
                parts = [_answer(window, target["expr"], {label: value}) for value in values]
                for part, value in zip(parts, values):
                    for labels in part:
                        if dict(labels).get(label, value) != value:
                            yield f"{place}: {label} {value} answers with {dict(labels)}"
                if _can_be_made_of_parts(target["expr"], whole, label) and not _equal(whole, _join(target["expr"], parts)):
                    yield f"{place}: {label}s don't add up: {whole} of {parts}"
    yield from _not_apart(dashboard, window, "job", jobs)
    yield from _not_apart(dashboard, window, "instance", instances)


def _not_apart(dashboard, window, label, values):
    titles = APART[dashboard["uid"]][label]
    for panel in dashboards.panels(dashboard):
        if panel["title"] in titles:
            found = {dict(labels).get(label) for target in panel["targets"]
                     for labels in _answer(window, target["expr"], {})}
            missing = set(values) - found
            if missing:
                yield f"{dashboard['title']}, panel {panel['title']}: no series of {label} {', '.join(sorted(missing))}"


def _answer(window, expr, chosen):
    return {tuple(sorted(each["labels"].items())): each["values"][0][1]
            for each in window.ask(expr, chosen, instant=True)}


def _can_be_made_of_parts(expr, whole, label):
    """A mean of several instances is not made of their means."""
    is_mean = "\n/\n" in expr
    return not is_mean or all(label in dict(labels) for labels in whole)


def _join(expr, parts):
    match = OUTERMOST.match(expr)
    add = match is None or match.group(1) in ("sum", "count")
    result = {}
    for part in parts:
        for labels, value in part.items():
            if labels not in result:
                result[labels] = value
            else:
                result[labels] = result[labels] + value if add else max(result[labels], value)
    return result


def _equal(one, other):
    return one.keys() == other.keys() and all(
        math.isclose(one[key], other[key], rel_tol=1e-9, abs_tol=1e-9) or math.isnan(one[key]) for key in one)
