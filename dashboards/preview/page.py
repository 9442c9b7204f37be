"""A dashboard as one HTML page, laid out as its JSON says."""

import html

from . import panels, theme

WIDTH = 1600
MARGIN = 16
GAP = 8
CELL = 30
HEAD = 104
TITLE = 34

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
.legend td, .legend th {{ height: {panels.LEGEND_LINE}px; padding: 0 }}
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
        content = panels.KINDS[panel["type"]](panel, answers, time, width - 2, height - TITLE - 2,
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
                spans = panels.spans([(at, True) for at, value in series["values"] if value > 0], time["step"])
                spans = {(begin, end) for _, begin, end in spans}
            found |= {(color, begin, end) for begin, end in spans if time["start"] <= begin <= time["end"]}
    result = []
    for color, begin, end in sorted(found):
        if not result or result[-1][0] != color or begin - result[-1][1] > 15:
            result.append((color, begin, end))
    return result
