"""Numbers in words, as a reader of a dashboard expects them."""

import datetime
import math

SUFFIXES = {"ops": " ops/s", "cps": " c/s", "cpm": " c/min", "mps": " msg/s"}

BYTES = ("B/s", "kB/s", "MB/s", "GB/s")


def text(value, unit, decimals=None):
    if value is None or math.isnan(value):
        return ""
    if unit == "s":
        return _seconds(value, decimals)
    if unit == "percentunit":
        return f"{_short(value * 100, decimals)}%"
    if unit == "Bps":
        power = min(int(math.log10(abs(value)) // 3), len(BYTES) - 1) if abs(value) >= 1 else 0
        return f"{_short(value / 1000 ** power, decimals)} {BYTES[power]}"
    return _short(value, decimals) + SUFFIXES.get(unit, "")


def clock(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%H:%M:%S")


def _seconds(value, decimals):
    size = abs(value)
    if size == 0:
        return "0 s"
    for limit, factor, name in ((1e-3, 1e6, "µs"), (1, 1e3, "ms"), (60, 1, "s"), (3600, 1 / 60, "min"),
                                (86400, 1 / 3600, "h"), (math.inf, 1 / 86400, "d")):
        if size < limit:
            return f"{_short(value * factor, decimals)} {name}"
    return ""


def _short(value, decimals):
    if decimals is None:
        size = abs(value)
        decimals = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2
    result = f"{value:.{decimals}f}"
    return result.rstrip("0").rstrip(".") if "." in result else result
