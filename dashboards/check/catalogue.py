"""The metrics that there are, and their labels, from the generated table of docs/meters.md."""

import pathlib

DOCS = pathlib.Path(__file__).resolve().parent.parent.parent / "docs"

# What Prometheus and the registry add to each series.
TARGET_LABELS = {"job", "instance", "__name__"}

# What dashboards and rules may use beside the meters of this project.
OTHERS = {
    "ALERTS": {"alertname", "alertstate", "severity", "socket", "socket_endpoint"},
    "process_start_time_seconds": set(),
}


def metrics():
    """Labels by metric. A timer is three metrics."""
    result = {name: labels | TARGET_LABELS for name, labels in OTHERS.items()}
    table = (DOCS / "meters.md").read_text().split("<!-- generated -->")[1].split("<!-- end -->")[0]
    for line in table.strip().splitlines()[2:]:
        _, kind, tags, metric, *_ = (cell.strip() for cell in line.strip("|").split("|"))
        labels = {tag.strip(" `").replace(".", "_") for tag in tags.split(",") if tag.strip()} | TARGET_LABELS
        name = metric.strip("`")
        for suffix in ("_count", "_sum", "_max") if kind == "timer" else ("",):
            result[name + suffix] = labels
    return result
