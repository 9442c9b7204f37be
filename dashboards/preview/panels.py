"""What panels of each kind show, as HTML."""

import html
import math
import re

from . import charts, theme, units

LEGEND_LINE = 19
LEGEND_LINES = 4
STATE_LABELS = 390


def _name(legend, labels):
    return re.sub(r"{{ *(\w+) *}}", lambda match: labels.get(match.group(1), ""), legend)


def _numbers(points):
    return [value for _, value in points if not math.isnan(value)]


def stat(panel, answers, time, width, height, marks):
    defaults = panel["fieldConfig"]["defaults"]
    if not answers[0]:
        return f'<div class="big" style="font-size:26px;color:{theme.FAINT}">{defaults["noValue"]}</div>'
    value = answers[0][0]["values"][0][1]
    color = [step["color"] for step in defaults["thresholds"]["steps"] if step["value"] is None or value >= step["value"]][-1]
    return f'<div class="big" style="color:{theme.NAMED[color]}">{units.text(value, defaults["unit"])}</div>'


def timeseries(panel, answers, time, width, height, marks):
    defaults = panel["fieldConfig"]["defaults"]
    lanes = []
    for target, series in zip(panel["targets"], answers):
        for each in sorted(series, key=lambda it: _name(target["legendFormat"], it["labels"])):
            if _numbers(each["values"]):
                lanes.append((theme.PALETTE[len(lanes) % len(theme.PALETTE)], _name(target["legendFormat"], each["labels"]),
                              each["values"]))
    if not lanes:
        return f'<div class="nothing">{html.escape(defaults["noValue"])}</div>'
    shown = min(len(lanes), LEGEND_LINES)
    legend_height = (shown + 1) * LEGEND_LINE + 6
    legend = sorted(lanes, key=lambda lane: max(_numbers(lane[2])), reverse=True)
    lines = "".join(
        f'<tr><td><b style="background:{color}"></b>{html.escape(name)}</td>'
        f'<td class="number">{units.text(_numbers(points)[-1], defaults["unit"])}</td>'
        f'<td class="number">{units.text(max(_numbers(points)), defaults["unit"])}</td></tr>'
        for color, name, points in legend)
    chart = charts.lines(lanes, panel, time, width, height - legend_height, marks)
    return (f'{chart}<div class="legend" style="height:{legend_height - 6}px;overflow:hidden"><table><tr><th>Name</th>'
            f'<th class="number">Last *</th><th class="number">Max ⌄</th></tr>{lines}</table></div>')


def state_timeline(panel, answers, time, width, height, marks):
    defaults = panel["fieldConfig"]["defaults"]
    states = defaults["mappings"][0]["options"]
    legend = panel["targets"][0]["legendFormat"]
    if not answers[0]:
        return f'<div class="nothing">{html.escape(defaults["noValue"])}</div>'
    lanes = []
    for series in sorted(answers[0], key=lambda it: _name(legend, it["labels"])):
        blocks = [(theme.NAMED[states[str(int(value))]["color"]], begin, end)
                 for value, begin, end in spans(series["values"], time["step"])]
        lanes.append((_name(legend, series["labels"]), blocks))
    seen = {int(value) for series in answers[0] for _, value in series["values"]}
    shown = "".join(f'<span><b style="background:{theme.NAMED[states[str(code)]["color"]]}"></b>{states[str(code)]["text"]}</span>'
                    for code in sorted(seen))
    return charts.states(lanes, time, width, height - 24, STATE_LABELS) + f'<div class="states">{shown}</div>'


def spans(points, step):
    """Values with the begin and the end of their time."""
    result = []
    for at, value in points:
        if result and result[-1][0] == value and at - result[-1][2] <= step * 1.5:
            result[-1] = (value, result[-1][1], at)
        else:
            if result and at - result[-1][2] <= step * 1.5:
                result[-1] = (*result[-1][:2], at)
            result.append((value, at, at))
    return result


def table(panel, answers, time, width, height, marks):
    keys, columns, mappings = [], [], {}
    for override in panel["fieldConfig"]["overrides"]:
        properties = {each["id"]: each["value"] for each in override["properties"]}
        name = override["matcher"]["options"]
        mappings.update({name: properties["mappings"][0]["options"]} if "mappings" in properties else {})
        (columns if name.startswith("Value") else keys).append((name, properties))
    lines = {}
    for index, series in enumerate(answers):
        for each in series:
            lines.setdefault(tuple(each["labels"].get(name, "") for name, _ in keys), {})[index] = each["values"][0][1]
    body = []
    for labels, values in sorted(lines.items(), key=lambda line: -line[1].get(0, 0)):
        cells = [f'<td style="color:{theme.LINK if "links" in properties else theme.TEXT}">{html.escape(label)}</td>'
                 for label, (_, properties) in zip(labels, keys)]
        for index, (name, properties) in enumerate(columns):
            value = values.get(index)
            if name in mappings and value is not None:
                state = mappings[name][str(int(value))]
                cells.append(f'<td style="color:{theme.NAMED[state["color"]]}">{state["text"]}</td>')
            else:
                cells.append(f'<td class="number">{units.text(value, properties["unit"], properties["decimals"])}</td>')
        body.append(f'<tr>{"".join(cells)}</tr>')
    head = "".join(f'<th{" class=number" if name.startswith("Value") and name not in mappings else ""}>{properties["displayName"]}</th>'
                   for name, properties in keys + columns)
    return f'<div class="rows"><table><tr>{head}</tr>{"".join(body)}</table></div>'


KINDS = {"stat": stat, "timeseries": timeseries, "state-timeline": state_timeline, "table": table}
