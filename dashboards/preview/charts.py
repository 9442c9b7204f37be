"""Charts as SVG."""

import html
import math

from . import theme, units

AXIS = 70
BOTTOM = 20
TOP = 6


def lines(lanes, panel, time, width, height, marks):
    """Lanes are triples of a colour, a name and pairs of time and value. Marks are triples of a colour, begin and end."""
    defaults = panel["fieldConfig"]["defaults"]
    stacked = defaults["custom"]["stacking"]["mode"] == "normal"
    lanes = _stack(lanes, time) if stacked else lanes
    highest = max((value for _, _, points in lanes for _, value in points if not math.isnan(value)), default=0)
    limit = defaults.get("max")
    step, top = _ticks(max(highest, limit or 0), limit, defaults["unit"])
    canvas = _Canvas(time, top, width, height)
    parts = [*_value_axis(canvas, step, top, defaults["unit"]), *_time_axis(canvas), *_marks(canvas, marks)]
    opacity = defaults["custom"]["fillOpacity"] / 100
    for color, _, points in lanes:
        for run in _runs(points, time["step"]):
            shape = " ".join(f"{canvas.x(at):.1f},{canvas.y(value):.1f}" for at, value in run)
            first, last = canvas.x(run[0][0]), canvas.x(run[-1][0])
            parts.append(f'<polygon points="{first:.1f},{canvas.y(0):.1f} {shape} {last:.1f},{canvas.y(0):.1f}" fill="{color}" '
                         f'fill-opacity="{opacity * 0.6:.2f}"/>')
            parts.append(f'<polyline points="{shape}" fill="none" stroke="{color}" stroke-width="1.4"/>')
    if limit is not None:
        y = canvas.y(limit)
        parts.append(f'<line x1="{AXIS}" x2="{width - 8}" y1="{y:.1f}" y2="{y:.1f}" stroke="{theme.NAMED["red"]}" '
                     'stroke-dasharray="8 6"/>')
    return _svg(width, height, parts)


def states(lanes, time, width, height, label_width):
    """Lanes are pairs of a name and triples of a colour, begin and end."""
    canvas = _Canvas(time, 1, width, height, label_width)
    lane_height = (height - TOP - BOTTOM) / max(len(lanes), 1)
    parts = _time_axis(canvas)
    for index, (name, spans) in enumerate(lanes):
        y = TOP + index * lane_height
        size = min(12, lane_height - 1)
        parts.append(f'<text x="{label_width - 8}" y="{y + lane_height / 2 + size * 0.36:.1f}" text-anchor="end" '
                     f'font-size="{size:.1f}" fill="{theme.TEXT}">{html.escape(name)}</text>')
        for color, begin, end in spans:
            x = canvas.x(begin)
            parts.append(f'<rect x="{x:.1f}" y="{y + lane_height * 0.08:.1f}" width="{max(canvas.x(end) - x, 1):.1f}" '
                         f'height="{lane_height * 0.84:.1f}" fill="{color}" fill-opacity="0.8"/>')
    return _svg(width, height, parts)


class _Canvas:
    """Where a time and a value are."""

    def __init__(self, time, top, width, height, left=AXIS):
        self.time, self.top, self.width, self.height, self.left = time, top, width, height, left

    def x(self, at):
        share = (at - self.time["start"]) / (self.time["end"] - self.time["start"])
        return self.left + share * (self.width - self.left - 8)

    def y(self, value):
        return self.height - BOTTOM - min(value / self.top, 1.02) * (self.height - BOTTOM - TOP)


def _svg(width, height, parts):
    return f'<svg width="{width:.0f}" height="{height:.0f}" class="chart">{"".join(parts)}</svg>'


def _value_axis(canvas, step, top, unit):
    parts = []
    for index in range(round(top / step) + 1):
        value = index * step
        y = canvas.y(value)
        parts.append(f'<line x1="{AXIS}" x2="{canvas.width - 8}" y1="{y:.1f}" y2="{y:.1f}" stroke="{theme.GRID}"/>')
        parts.append(f'<text x="{AXIS - 8}" y="{y + 4:.1f}" text-anchor="end" font-size="11.5" fill="{theme.FAINT}">'
                     f'{units.text(value, unit)}</text>')
    return parts


def _time_axis(canvas):
    start, end = canvas.time["start"], canvas.time["end"]
    room = (canvas.width - canvas.left) / 75
    step = next(step for step in (30, 60, 120, 300, 600) if (end - start) / step <= room or step == 600)
    parts = []
    for at in range(math.ceil(start / step) * step, math.ceil(end), step):
        x = canvas.x(at)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{canvas.height - BOTTOM}" stroke="{theme.GRID}"/>')
        if x < canvas.width - 35:
            parts.append(f'<text x="{x:.1f}" y="{canvas.height - 5}" text-anchor="middle" font-size="11.5" '
                         f'fill="{theme.FAINT}">{units.clock(at)}</text>')
    return parts


def _marks(canvas, marks):
    parts = []
    bottom = canvas.height - BOTTOM
    for color, begin, end in marks:
        x = canvas.x(begin)
        width = max(canvas.x(end) - x, 0)
        if width > 1:
            parts.append(f'<rect x="{x:.1f}" y="{TOP}" width="{width:.1f}" height="{bottom - TOP}" fill="{color}" '
                         'fill-opacity="0.1"/>')
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}" stroke="{color}" stroke-dasharray="3 3"/>')
        parts.append(f'<path d="M{x - 4:.1f} {bottom + 5} l4 -5 l4 5 z" fill="{color}"/>')
    return parts


def _ticks(highest, limit, unit):
    """The distance between lines, and the highest of them."""
    if limit is not None:
        return limit / 4, limit
    highest = highest or 1
    if unit == "s" and highest > 10:
        step = next((step for step in (5, 10, 15, 30, 60, 120, 300, 600, 1800) if highest / step <= 5), 3600)
    else:
        step = 10 ** math.floor(math.log10(highest / 4))
        step *= next(factor for factor in (1, 2, 2.5, 5, 10) if highest / (step * factor) <= 5)
    return step, math.ceil(highest * 1.05 / step) * step


def _runs(points, step):
    """Parts without a gap."""
    run = []
    for at, value in points:
        if math.isnan(value) or run and at - run[-1][0] > step * 1.5:
            if run:
                yield run
            run = []
        if not math.isnan(value):
            run.append((at, value))
    if run:
        yield run


def _stack(lanes, time):
    below = {}
    result = []
    for color, name, points in lanes:
        here = []
        for at, value in points:
            key = round(at / time["step"])
            below[key] = below.get(key, 0) + value
            here.append((at, below[key]))
        result.append((color, name, here))
    return result[::-1]
