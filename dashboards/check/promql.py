"""Reads which series and labels a PromQL expression names. It is no parser: Prometheus itself says what is valid."""

import dataclasses
import re

TOKEN = re.compile(r"""
    (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    | (?P<comment>\#[^\n]*)
    | (?P<range>\[[^]]*\])
    | (?P<number>[0-9][0-9a-zA-Z.]*)
    | (?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)
    | (?P<symbol>=~|!~|!=|==|>=|<=|[^\s])
""", re.VERBOSE)

CLAUSES = {"by", "without", "on", "ignoring", "group_left", "group_right"}
AGGREGATIONS = {"sum", "min", "max", "avg", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile",
                "count_values"}
KEYWORDS = {"and", "or", "unless", "bool", "offset", "atan2", "inf", "nan"}


@dataclasses.dataclass
class Selector:
    metric: str
    matchers: list  # of label, operator, value
    range: str      # without brackets, or ""
    function: str   # the innermost one around it, or ""

    def metrics(self):
        """Its name, or the names that its __name__ can be."""
        named = [value.split("|") for label, _, value in self.matchers if label == "__name__"]
        return named[0] if named else [self.metric]


@dataclasses.dataclass
class Expression:
    selectors: list
    clause_labels: set


def read(expr):
    tokens = [(match.lastgroup, match.group()) for match in TOKEN.finditer(expr) if match.lastgroup != "comment"]
    tokens += [("end", "")] * 2
    result = Expression([], set())
    functions = []
    index = 0
    while tokens[index][0] != "end":
        kind, text = tokens[index]
        following = tokens[index + 1][1]
        if kind == "name" and text in CLAUSES:
            index = _clause(tokens, index + 1, result.clause_labels) if following == "(" else index + 1
        elif kind == "name" and text not in AGGREGATIONS | KEYWORDS and following != "(" or text == "{":
            index = _selector(tokens, index, result.selectors, functions)
        else:
            if text == "(":
                before = tokens[index - 1] if index else ("", "")
                functions.append(before[1] if before[0] == "name" else "")
            elif text == ")" and functions:
                functions.pop()
            index += 1
    return result


def _clause(tokens, index, labels):
    while tokens[index][1] != ")" and tokens[index][0] != "end":
        if tokens[index][0] == "name":
            labels.add(tokens[index][1])
        index += 1
    return index + 1


def _selector(tokens, index, selectors, functions):
    metric = ""
    if tokens[index][0] == "name":
        metric = tokens[index][1]
        index += 1
    matchers = []
    if tokens[index][1] == "{":
        while tokens[index][1] != "}" and tokens[index][0] != "end":
            if tokens[index][0] == "name":
                label, operator, value = (tokens[min(index + step, len(tokens) - 1)][1] for step in range(3))
                matchers.append((label, operator, value[1:-1]))
                index += 2
            index += 1
        index += 1
    duration = ""
    if tokens[min(index, len(tokens) - 1)][0] == "range":
        duration = tokens[index][1][1:-1]
        index += 1
    function = next((name for name in reversed(functions) if name), "")
    selectors.append(Selector(metric, matchers, duration, function))
    return min(index, len(tokens) - 1)
