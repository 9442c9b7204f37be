"""A dashboard as one HTML page, laid out as its JSON says."""

import html
import math
import re

from . import charts, theme, units

WIDTH = 1600
MARGIN = 16
GAP = 8
CELL = 30
HEAD = 104
TITLE = 34
LEGEND_LINE = 19

STYLE = f"""
* {{ box-sizing: border-box; margin: 0 }}
body {{ background: {theme.CANVAS}; color: {theme.TEXT}; font: 13px Inter, "DejaVu Sans", sans-serif; width: {WIDTH}px;
  position: relative }}
.head, .panel, .row {{ position: absolute; overflow: hidden }}
.head {{ left: {MARGIN}px; right: {MARGIN}px }}
.crumbs {{ font-size: 17px; font-weight: 500 }}
.crumbs i {{ color: {theme.FAINT}; font-style: normal }}
.note {{ float: right; font-size: 12.5px; color: {theme.FAINT}; font-weight: 400; margin-top: 2px }}
.controls {{ margin-top: 17px; display: flex; gap: 8px; font-size: 12.5px }}
.control {{ border: 1px solid {theme.BORDER}; background: {theme.PANEL}; border-radius: 2px; padding: 6px 9px }}
.control b {{ font-weight: 500; margin-right: 9px }}
.control span {{ color: {theme.FAINT} }}
.switch::before {{ content: ""; display: inline-block; width: 9px; height: 9px; border-radius: 5px; margin-right: 7px;
  background: var(--color) }}
.off {{ opacity: 0.45 }}
.row {{ font-size: 15px; font-weight: 500; padding: 5px 2px }}
.row i {{ color: {theme.FAINT}; font-style: normal; font-weight: 400; font-size: 13px; margin-left: 8px }}
.panel {{ background: {theme.PANEL}; border: 1px solid {theme.BORDER}; border-radius: 2px }}
.panel h2 {{ font-size: 13.5px; font-weight: 500; padding: 8px 10px 0; height: {TITLE}px; white-space: nowrap }}
.big {{ text-align: center; font-size: 38px; font-weight: 500; line-height: 84px }}
.nothing {{ text-align: center; color: {theme.FAINT}; font-size: 14px; padding-top: 70px }}
.chart {{ display: block }}
table {{ border-collapse: collapse; width: 100% }}
th {{ text-align: left; font-weight: 500; color: {theme.LINK}; white-space: nowrap }}
td {{ white-space: nowrap; overflow: hidden; text-overflow: ellipsis }}
.legend {{ padding: 0 10px; font-size: 12px }}
.legend table {{ table-layout: fixed }}
.legend td, .legend th {{ height: {LEGEND_LINE}px; padding: 0 }}
.legend .number {{ width: 105px; text-align: right }}
.legend b {{ display: inline-block; width: 13px; height: 3px; border-radius: 2px; margin: 0 7px 3px 0 }}
.states {{ padding: 2px 10px; font-size: 12px }}
.states b {{ display: inline-block; width: 13px; height: 4px; border-radius: 2px; margin: 0 7px 2px 0 }}
.states span {{ margin-right: 16px }}
.rows td, .rows th {{ padding: 0 12px; height: 31px; border-bottom: 1px solid {theme.BORDER}; font-size: 13px }}
.rows .number {{ text-align: right }}
"""


def render(dashboard, record, time):
    """The page, and its height."""
    body = [_head(dashboard, record, time)]
    bottom = 0
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        top = HEAD + place["y"] * (CELL + GAP)
        height = place["h"] * CELL + (place["h"] - 1) * GAP
        column = (WIDTH - 2 * MARGIN + GAP) / 24
        width = place["w"] * column - GAP
        bottom = max(bottom, top + height)
        box = f'style="left:{MARGIN + place["x"] * column:.1f}px;top:{top}px;width:{width:.1f}px;height:{height}px"'
        if panel["type"] == "row":
            more = f'<i>({len(panel["panels"])} panels)</i>' if panel["collapsed"] else ""
            body.append(f'<div class="row" {box}>{"›" if panel["collapsed"] else "⌄"} {html.escape(panel["title"])}{more}</div>')
            continue
        answers = record["panels"][str(panel["id"])]
        content = KINDS[panel["type"]](panel, answers, time, width - 2, height - TITLE - 2,
                                       _marks(dashboard, record, time))
        body.append(f'<div class="panel" {box}><h2>{html.escape(panel["title"])}</h2>{content}</div>')
    height = bottom + MARGIN
    page = (f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{html.escape(dashboard["title"])}</title>'
            f'<style>{STYLE}</style><body style="height:{height}px">{"".join(body)}</body></html>')
    return page, height


def _head(dashboard, record, time):
    controls = []
    for variable in dashboard["templating"]["list"]:
        shown = " + ".join(record["chosen"].get(variable["name"], ["Prometheus" if variable["type"] == "datasource" else "All"]))
        controls.append(f'<div class="control"><b>{html.escape(variable["label"])}</b><span>{html.escape(shown)}</span></div>')
    for each in dashboard["annotations"]["list"]:
        off = "" if each["enable"] else " off"
        controls.append(f'<div class="control switch{off}" style="--color:{theme.NAMED[each["iconColor"]]}">{each["name"]}</div>')
    minutes = round((time["end"] - time["start"]) / 60)
    return (f'<div class="head" style="top:20px"><div class="crumbs"><i>Dashboards ›</i> {html.escape(dashboard["title"])}'
            f'<span class="note">Last {minutes} minutes, UTC. A preview drawn from the JSON and from real data; not a screenshot of '
            f'Grafana.</span></div><div class="controls">{"".join(controls)}</div></div>')


def _marks(dashboard, record, time):
    """Annotations that are switched on: colour, begin, end. Those of the same moment are one."""
    found = set()
    for each in dashboard["annotations"]["list"]:
        if not each["enable"]:
            continue
        color = theme.NAMED[each["iconColor"]]
        for series in record["annotations"][each["name"]]:
            if each["useValueForTime"]:
                spans = {(value / 1000, value / 1000) for _, value in series["values"]}
            else:
                spans = _spans([(at, True) for at, value in series["values"] if value > 0], time["step"])
                spans = {(begin, end) for _, begin, end in spans}
            found |= {(color, begin, end) for begin, end in spans if time["start"] <= begin <= time["end"]}
    result = []
    for color, begin, end in sorted(found):
        if not result or result[-1][0] != color or begin - result[-1][1] > 15:
            result.append((color, begin, end))
    return result


def _name(legend, labels):
    return re.sub(r"{{ *(\w+) *}}", lambda match: labels.get(match.group(1), ""), legend)


def _numbers(points):
    return [value for _, value in points if not math.isnan(value)]


def _stat(panel, answers, time, width, height, marks):
    defaults = panel["fieldConfig"]["defaults"]
    if not answers[0]:
        return f'<div class="big" style="font-size:26px;color:{theme.FAINT}">{defaults["noValue"]}</div>'
    value = answers[0][0]["values"][0][1]
    color = [step["color"] for step in defaults["thresholds"]["steps"] if step["value"] is None or value >= step["value"]][-1]
    return f'<div class="big" style="color:{theme.NAMED[color]}">{units.text(value, defaults["unit"])}</div>'


def _timeseries(panel, answers, time, width, height, marks):
    defaults = panel["fieldConfig"]["defaults"]
    lanes = []
    for target, series in zip(panel["targets"], answers):
        for each in sorted(series, key=lambda it: _name(target["legendFormat"], it["labels"])):
            if _numbers(each["values"]):
                lanes.append((theme.PALETTE[len(lanes) % len(theme.PALETTE)], _name(target["legendFormat"], each["labels"]),
                              each["values"]))
    if not lanes:
        return f'<div class="nothing">{html.escape(defaults["noValue"])}</div>'
    shown = min(len(lanes), 4)
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


def _state_timeline(panel, answers, time, width, height, marks):
    defaults = panel["fieldConfig"]["defaults"]
    states = defaults["mappings"][0]["options"]
    legend = panel["targets"][0]["legendFormat"]
    if not answers[0]:
        return f'<div class="nothing">{html.escape(defaults["noValue"])}</div>'
    lanes = []
    for series in sorted(answers[0], key=lambda it: _name(legend, it["labels"])):
        spans = [(theme.NAMED[states[str(int(value))]["color"]], begin, end)
                 for value, begin, end in _spans(series["values"], time["step"])]
        lanes.append((_name(legend, series["labels"]), spans))
    seen = {int(value) for series in answers[0] for _, value in series["values"]}
    shown = "".join(f'<span><b style="background:{theme.NAMED[states[str(code)]["color"]]}"></b>{states[str(code)]["text"]}</span>'
                    for code in sorted(seen))
    return charts.states(lanes, time, width, height - 24, 390) + f'<div class="states">{shown}</div>'


def _spans(points, step):
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


def _table(panel, answers, time, width, height, marks):
    keys, columns, mappings = [], [], {}
    for override in panel["fieldConfig"]["overrides"]:
        properties = {each["id"]: each["value"] for each in override["properties"]}
        name = override["matcher"]["options"]
        mappings.update({name: properties["mappings"][0]["options"]} if "mappings" in properties else {})
        (columns if name.startswith("Value #") else keys).append((name, properties))
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
    head = "".join(f'<th{" class=number" if name.startswith("Value #") and name not in mappings else ""}>{properties["displayName"]}</th>'
                   for name, properties in keys + columns)
    return f'<div class="rows"><table><tr>{head}</tr>{"".join(body)}</table></div>'


KINDS = {"stat": _stat, "timeseries": _timeseries, "state-timeline": _state_timeline, "table": _table}
