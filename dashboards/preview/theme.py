"""Colours of the preview: dark, with those names that dashboards use."""

CANVAS = "#111217"
PANEL = "#181b1f"
BORDER = "#2b2d33"
GRID = "#25282e"
TEXT = "#ccccdc"
FAINT = "#8e8f9c"
LINK = "#6e9fff"

NAMED = {
    "green": "#73bf69",
    "semi-dark-green": "#4b9542",
    "yellow": "#f2cc0c",
    "blue": "#5794f2",
    "orange": "#ff9830",
    "red": "#f2495c",
    "dark-red": "#c4162a",
    "text": "#8e8f9c",
}

# Lines of a chart, in this order.
PALETTE = ["#73bf69", "#f2cc0c", "#8ab8ff", "#ff780a", "#f2495c", "#5794f2", "#b877d9", "#a16a4f", "#37a2a2", "#e5a8e2",
           "#ff7383", "#c0d8ff", "#96d98d", "#ffb357", "#ca95e5", "#3274d9"]
