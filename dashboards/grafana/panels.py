"""Panels of each kind, still without a place."""

from queries import ALL, ENDPOINT_KEY, STATES, hints, state_code

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}

DOCUMENTATION = "https://github.com/zmqmonitor/zmq-monitor/blob/main/docs/"

GREEN, BLUE, ORANGE, RED, GREY = "green", "blue", "orange", "red", "text"

STATE_COLORS = {
    "closed": GREY,
    "listening": "semi-dark-green",
    "connected": GREEN,
    "connecting": BLUE,
    "handshaking": "semi-dark-blue",
    "disconnected": "yellow",
    "retrying": ORANGE,
    "abandoned": RED,
    "failed": "dark-red",
}


def state_mappings():
    return [{"type": "value", "options": {str(code): {"text": name, "color": STATE_COLORS[name], "index": code}
                                          for name, code in STATES.items()}}]


def documentation(title, page):
    return [{"title": title, "url": DOCUMENTATION + page, "targetBlank": True}]


def target(expr, legend="", instant=False, table=False, ref="A"):
    return {
        "refId": ref,
        "datasource": DATASOURCE,
        "editorMode": "code",
        "expr": expr,
        "legendFormat": legend,
        "instant": instant,
        "range": not instant,
        "format": "table" if table else "time_series",
    }


def panel(kind, title, description, targets, unit, no_value, width, height):
    for index, each in enumerate(targets):
        each["refId"] = chr(ord("A") + index)
    return {
        "type": kind,
        "title": title,
        "description": description,
        "datasource": DATASOURCE,
        "gridPos": {"w": width, "h": height},
        "fieldConfig": {"defaults": {"unit": unit, "noValue": no_value}, "overrides": []},
        "targets": targets,
    }


def stat(title, description, expr, steps, no_value, unit="none", width=3):
    """One number. Steps are pairs of a colour and the value that it begins at."""
    result = panel("stat", title, description, [target(expr, title, instant=True)], unit, no_value, width, 4)
    result["fieldConfig"]["defaults"].update({
        "color": {"mode": "thresholds"},
        "thresholds": {"mode": "absolute", "steps": [{"color": color, "value": value} for color, value in steps]},
    })
    result["options"] = {
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "colorMode": "value", "graphMode": "none", "textMode": "value", "justifyMode": "auto", "orientation": "auto",
    }
    return result


def series(title, description, unit, no_value, *queries, width=12, height=8, maximum=None, stacked=False,
           links=None):
    """Lines over time. Queries are pairs of an expression and a legend."""
    targets = [target(expr, legend) for expr, legend in queries]
    result = panel("timeseries", title, description, targets, unit, no_value, width, height)
    custom = {
        "drawStyle": "line", "lineInterpolation": "linear", "lineWidth": 1, "fillOpacity": 25 if stacked else 10,
        "showPoints": "never", "spanNulls": False, "stacking": {"mode": "normal" if stacked else "none", "group": "A"},
    }
    defaults = result["fieldConfig"]["defaults"]
    defaults.update({"min": 0, "color": {"mode": "palette-classic"}, "custom": custom})
    if maximum is not None:
        defaults["max"] = maximum
        defaults["thresholds"] = {"mode": "absolute", "steps": [
            {"color": GREEN, "value": None}, {"color": RED, "value": maximum}]}
        custom["thresholdsStyle"] = {"mode": "dashed"}
    result["options"] = {
        "legend": {"displayMode": "table", "placement": "bottom", "showLegend": True, "calcs": ["lastNotNull", "max"],
                   "sortBy": "Max", "sortDesc": True},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
    if links:
        result["links"] = links
    return result


def state_timeline(title, description, no_value, legend):
    result = panel("state-timeline", title, description, [target(state_code(ENDPOINT_KEY), legend)], "none", no_value,
                   24, 10)
    result["fieldConfig"]["defaults"].update({
        "color": {"mode": "thresholds"},
        "thresholds": {"mode": "absolute", "steps": [{"color": GREY, "value": None}]},
        "mappings": state_mappings(),
        "custom": {"fillOpacity": 80, "lineWidth": 0, "spanNulls": False},
    })
    result["options"] = {
        "mergeValues": True, "showValue": "never", "alignValue": "left", "rowHeight": 0.85,
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
        "tooltip": {"mode": "single", "sort": "none"},
    }
    return result


def endpoint_table(title, description, no_value, links):
    """A line an endpoint, the worst first."""
    columns = [
        ("State", state_code(ENDPOINT_KEY), "none"),
        ("For", f"time() - max by ({ENDPOINT_KEY}) (zmq_endpoint_state_since_seconds{{{ALL}}})", "s"),
        ("Connections", f"sum by ({ENDPOINT_KEY}) (zmq_connections{{{ALL}}})", "none"),
        ("Retry interval", f"max by ({ENDPOINT_KEY}) (zmq_connect_retry_interval_seconds{{{ALL}}})", "s"),
        ("Retries", f"sum by ({ENDPOINT_KEY}) (increase(zmq_connect_retries_total{{{ALL}}}[$__range]))", "none"),
        ("Lost", f"sum by ({ENDPOINT_KEY}) (increase(zmq_connections_closed_total{{{ALL}, "
                 'reason="disconnected"}[$__range]))', "none"),
    ]
    labels = {"job": "Job", "instance": "Instance", "socket": "Socket", "socket_type": "Type", "role": "Role",
              "socket_endpoint": "Endpoint"}
    properties = {"State": [{"id": "mappings", "value": state_mappings()},
                            {"id": "custom.cellOptions", "value": {"type": "color-text"}}]}
    if links:
        properties["Socket"] = [{"id": "links", "value": links}]
    return table(title, description, no_value, labels, columns, properties, "State", 24, 10)


def hint_table(title, description, no_value):
    """A line a kind of hint and instance, the most frequent first."""
    key = {"hint": "Hint", "job": "Job", "instance": "Instance"}
    properties = {"Hint": [{"id": "links", "value": documentation("What hints mean", "endpoint.md#hints")}]}
    return table(title, description, no_value, key, [("Count", hints(", ".join(key)), "none")], properties, "Count", 12, 8)


def table(title, description, no_value, labels, columns, properties, sort, width, height):
    """Lines of an instant. Labels are shown names by name, columns triples of a shown name, an expression and a unit."""
    targets = [target(expr, instant=True, table=True) for _, expr, _ in columns]
    result = panel("table", title, description, targets, "none", no_value, width, height)
    # Grafana calls the value of a single query by another name than those of several.
    values = ["Value"] if len(columns) == 1 else [f"Value #{chr(ord('A') + index)}" for index in range(len(columns))]
    shown = [(name, [{"id": "displayName", "value": text}, *properties.get(text, [])]) for name, text in labels.items()]
    shown += [(value, [{"id": "displayName", "value": text}, {"id": "unit", "value": unit},
                       {"id": "decimals", "value": 2 if text == "Retry interval" else 0}, *properties.get(text, [])])
              for value, (text, _, unit) in zip(values, columns)]
    result["fieldConfig"]["defaults"]["custom"] = {"align": "auto", "filterable": True}
    result["fieldConfig"]["overrides"] = [{"matcher": {"id": "byName", "options": name}, "properties": each}
                                          for name, each in shown]
    result["transformations"] = [
        {"id": "merge", "options": {}},
        {"id": "organize", "options": {"excludeByName": {"Time": True}, "renameByName": {}, "indexByName": {
            name: index for index, (name, _) in enumerate(shown)}}},
    ]
    result["options"] = {"showHeader": True, "cellHeight": "sm", "footer": {"show": False},
                         "sortBy": [{"displayName": sort, "desc": True}]}
    return result
