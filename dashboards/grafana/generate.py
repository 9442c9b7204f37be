#!/usr/bin/env python3
"""Writes the dashboards zmq-overview.json and zmq-socket.json beside this file.

    generate.py           write them
    generate.py --check   write nothing, fail if they are out of date
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}

# The narrowest selector that the labels of a metric allow: all of them, those of a socket, those of an instance.
ALL = 'job=~"$job", instance=~"$instance", socket=~"$socket", socket_endpoint=~"$endpoint"'
SOCKET = 'job=~"$job", instance=~"$instance", socket=~"$socket"'
INSTANCE = 'job=~"$job", instance=~"$instance"'

ENDPOINT_KEY = "job, instance, socket, socket_type, role, socket_endpoint"

GREEN, BLUE, ORANGE, RED, GREY = "green", "blue", "orange", "red", "text"

# State, the number that stands for it (the worse, the higher) and its colour.
STATES = [
    ("closed", 0, GREY),
    ("listening", 1, GREEN),
    ("connected", 2, GREEN),
    ("connecting", 3, BLUE),
    ("disconnected", 4, ORANGE),
    ("retrying", 5, ORANGE),
    ("abandoned", 6, RED),
    ("failed", 7, RED),
]


def state_code(key):
    """One series an endpoint, whose value is the number of its state."""
    terms = [f'zmq_endpoint_state{{{ALL}, state="{name}"}} * {code}' for name, code, _ in STATES if code]
    return f"max by ({key}) (\n  " + "\n  or ".join(terms) + "\n)"


def state_mappings():
    return [{"type": "value", "options": {str(code): {"text": name, "color": color, "index": code}
                                          for name, code, color in STATES}}]


def rate(metric, selector, by):
    return f"sum by ({by}) (rate({metric}{{{selector}}}[$__rate_interval]))"


def per_minute(metric, selector, by):
    return f"60 * {rate(metric, selector, by)}"


def mean(timer, selector, by):
    """The mean of a timer: nothing, not 0, while nothing was recorded."""
    return f"{rate(timer + '_sum', selector, by)}\n/\n({rate(timer + '_count', selector, by)} > 0)"


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


def series(title, description, unit, no_value, *queries, width=12, height=8, maximum=None, stacked=False):
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
        "legend": {"displayMode": "table", "placement": "bottom", "showLegend": True, "calcs": ["lastNotNull", "max"]},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
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
    targets = [target(expr, instant=True, table=True) for _, expr, _ in columns]
    result = panel("table", title, description, targets, "none", no_value, 24, 10)
    labels = [("job", "Job"), ("instance", "Instance"), ("socket", "Socket"), ("socket_type", "Type"), ("role", "Role"),
              ("socket_endpoint", "Endpoint")]
    overrides = []
    for name, shown in labels:
        overrides.append({"matcher": {"id": "byName", "options": name},
                          "properties": [{"id": "displayName", "value": shown}]})
    for index, (shown, _, unit) in enumerate(columns):
        overrides.append({"matcher": {"id": "byName", "options": f"Value #{chr(ord('A') + index)}"},
                          "properties": [{"id": "displayName", "value": shown}, {"id": "unit", "value": unit},
                                         {"id": "decimals", "value": 2 if shown == "Retry interval" else 0}]})
    overrides[len(labels)]["properties"] += [
        {"id": "mappings", "value": state_mappings()},
        {"id": "custom.cellOptions", "value": {"type": "color-text"}},
    ]
    if links:
        overrides[2]["properties"].append({"id": "links", "value": links})
    result["fieldConfig"]["defaults"]["custom"] = {"align": "auto", "filterable": True}
    result["fieldConfig"]["overrides"] = overrides
    result["transformations"] = [
        {"id": "merge", "options": {}},
        {"id": "organize", "options": {"excludeByName": {"Time": True}, "renameByName": {}, "indexByName": {
            name: index for index, name in enumerate(
                [name for name, _ in labels] + [f"Value #{chr(ord('A') + i)}" for i in range(len(columns))])}}},
    ]
    result["options"] = {"showHeader": True, "cellHeight": "sm", "footer": {"show": False},
                         "sortBy": [{"displayName": "State", "desc": True}]}
    return result


def row(title, panels, collapsed=False):
    return {"type": "row", "title": title, "collapsed": collapsed, "panels": panels}


def at_a_glance(first):
    def endpoints(states):
        return f'sum(zmq_endpoint_state{{{ALL}, state=~"{states}"}})'

    ok_if_none = lambda color: [(GREEN, None), (color, 1)]
    nothing = "no endpoint"
    return row("Health at a glance", first + [
        stat("Endpoints up", "Endpoints that listen or are connected. inproc endpoints have no state and are not counted.",
             endpoints("listening|connected"), [(RED, None), (GREEN, 1)], nothing),
        stat("Connections", "Live connections, at either end: one between two monitored sockets counts twice.",
             f"sum(zmq_connections{{{ALL}}})", [(BLUE, None)], nothing),
        stat("Away", "Connect endpoints without a connection that JeroMQ still tries to reach.",
             endpoints("connecting|disconnected|retrying"), ok_if_none(ORANGE), nothing),
        stat("Abandoned", "Connect endpoints that JeroMQ has given up. They never come back without a new connect.",
             endpoints("abandoned"), ok_if_none(RED), nothing),
        stat("Failed to bind", "Bind endpoints whose listener could not be opened.",
             endpoints("failed"), ok_if_none(RED), nothing),
        stat("Full queues", "Queues at their high-water mark, to be sent or received: a sender blocks, or loses messages.",
             f"sum(zmq_queue_full_pipes{{{SOCKET}}})", ok_if_none(ORANGE), "not sampled"),
        stat("Firing alerts", "Alerts of zmq-rules.yml that fire for the chosen jobs and instances, whatever the socket.",
             f'count(ALERTS{{{INSTANCE}, alertname=~"Zmq.+", alertstate="firing"}})', ok_if_none(RED), "none", width=2),
    ])


def connections(by, legend, more):
    return row("Connections", [
        series("Live connections", "Connections that are open now.", "none", "no endpoint",
               (f"sum by ({by}) (zmq_connections{{{ALL}}})", legend)),
        *more,
        series("Connections begun", "Connections accepted (bind) and established (connect). Probes and port scanners count "
               "as accepted, too.", "cpm", "no endpoint",
               (per_minute("zmq_connections_accepted_total", ALL, by), f"accepted: {legend}"),
               (per_minute("zmq_connections_established_total", ALL, by), f"established: {legend}")),
        series("Connections ended, by reason", "'disconnected': by the peer, the network, a protocol error or a timeout; "
               "'local': by this side's own close, disconnect or unbind.", "cpm", "no endpoint",
               (per_minute("zmq_connections_closed_total", ALL, f"{by}, reason"), f"{{{{reason}}}}: {legend}")),
        series("Lifetime of connections", "How long the connections had lived that ended: mean, and longest of the last "
               "minutes (as the application's registry keeps it).", "s", "no connection has ended",
               (mean("zmq_connection_duration_seconds", ALL, by), f"mean: {legend}"),
               (f"max by ({by}) (zmq_connection_duration_seconds_max{{{ALL}}})", f"longest: {legend}")),
    ])


def reconnecting(by, legend):
    return row("Reconnecting", [
        series("Retries", "Retries that JeroMQ has scheduled. About 10 a second is what its default interval of 100 ms gives "
               "for one endpoint whose server is away.", "ops", "no connect endpoint",
               (rate("zmq_connect_retries_total", ALL, by), legend)),
        series("Attempts to connect", "Attempts that were started, the first one of an endpoint included.", "ops",
               "no connect endpoint", (rate("zmq_connect_attempts_total", ALL, by), legend)),
        series("Current retry interval", "How long JeroMQ waits until its next attempt, 0 when connected. It grows only if the "
               "socket has a maximum above its interval.", "s", "no connect endpoint",
               (f"max by ({by}) (zmq_connect_retry_interval_seconds{{{ALL}}})", legend)),
        series("Mean retry interval", "The mean of the intervals that were scheduled.", "s", "nothing was retried",
               (mean("zmq_connect_retry_delay_seconds", ALL, by), legend)),
        series("Length of outages", "How long it took from the loss of a connection until the next one: mean of those that "
               "have ended, and longest of the last minutes.", "s", "no connection was restored",
               (mean("zmq_connect_time_seconds", f'{ALL}, phase="reconnect"', by), f"mean: {legend}"),
               (f'max by ({by}) (zmq_connect_time_seconds_max{{{ALL}, phase="reconnect"}})', f"longest: {legend}")),
        series("Time of first connects", "How long it took from the application's connect until there was a connection: "
               "longest of the last minutes.", "s", "no connect endpoint",
               (f'max by ({by}) (zmq_connect_time_seconds_max{{{ALL}, phase="initial"}})', legend)),
    ])


def failures(by, legend):
    def failed(title, description, operation):
        return series(title, description, "cpm", "no endpoint of this kind",
                      (per_minute("zmq_endpoint_failures_total", f'{ALL}, operation="{operation}"', f"{by}, error"),
                       f"{{{{error}}}}: {legend}"), width=8)

    return row("Failures", [
        failed("Failures to bind", "Listeners that could not be opened, by errno. JeroMQ says EADDRINUSE whatever the cause.",
               "bind"),
        failed("Failures to accept", "Connections that could not be accepted, by errno: mostly descriptors that have run out.",
               "accept"),
        failed("Failures to close", "Listeners that could not be closed.", "close"),
        series("Failed handshakes, by reason", "'auth': refused name, password or key; 'protocol': a peer that breaks the "
               "protocol; 'no_detail': all else. A connect endpoint is abandoned after one.", "cpm", "no endpoint",
               (per_minute("zmq_handshakes_total", f'{ALL}, outcome="failed"', f"{by}, reason"),
                f"{{{{reason}}}}: {legend}"), width=8),
        series("Greetings", "What came after TCP: 'greeted', a ZeroMQ peer; 'unversioned', something else, such as an HTTP probe.",
               "cpm", "no endpoint",
               (per_minute("zmq_handshakes_total", f'{ALL}, outcome=~"greeted|unversioned"', f"{by}, outcome"),
                f"{{{{outcome}}}}: {legend}"), width=8),
        series("Abandoned endpoints", "Connect endpoints that JeroMQ has given up, over time.", "none", "no connect endpoint",
               (f'sum by ({by}) (zmq_endpoint_state{{{ALL}, state="abandoned"}})', legend), width=8),
    ])


def messages(by, legend):
    unsampled = "not sampled: see zmq.monitor.pipes.enabled"

    def flow(direction):
        return series(f"Messages {direction}", f"Whole messages {direction} a second, over all transports. A PUB or ROUTER "
                      "counts one for each peer that it goes to, and does not count what it drops.", "mps", unsampled,
                      (rate("zmq_messages_total", f'{SOCKET}, direction="{direction}"', by), legend))

    return row("Messages and queues", [
        flow("sent"),
        flow("received"),
        series("Messages waiting", "Messages in the queues of sockets: 'sent', not yet with the peer; 'received', not yet "
               "taken by the application.", "none", unsampled,
               (f"sum by ({by}, direction) (zmq_queue_size_messages{{{SOCKET}}})", f"{{{{direction}}}}: {legend}"), width=8),
        series("Fullest queue against its limit", "The fullest queue of a socket as a share of its high-water mark, as a sender "
               "meets it: a reader gives places back in batches.", "percentunit", unsampled,
               (f"max by ({by}, direction) (zmq_queue_utilization{{{SOCKET}}})", f"{{{{direction}}}}: {legend}"),
               width=8, maximum=1),
        series("Full queues", "Queues at their high-water mark: a send blocks, or its message is lost (PUB, XPUB, ROUTER, "
               "RADIO).", "none", unsampled,
               (f"sum by ({by}, direction) (zmq_queue_full_pipes{{{SOCKET}}})", f"{{{{direction}}}}: {legend}"), width=8),
    ])


def monitor():
    unknown = "no instance"
    return row("The monitor itself", [
        series("Events", "Events that sockets fired, by kind.", "eps", unknown,
               (rate("zmq_monitor_events_total", INSTANCE, "event"), "{{event}}")),
        series("Contained failures", "Failures of the monitor that it kept from the application, by where they happened.",
               "cpm", unknown, (per_minute("zmq_monitor_errors_total", INSTANCE, "instance, stage"),
                                "{{stage}}: {{instance}}")),
        series("Events dropped", "Events that did not reach listeners because their queue was full.", "cpm", unknown,
               (per_minute("zmq_monitor_events_dropped_total", INSTANCE, "instance, reason"), "{{reason}}: {{instance}}"),
               width=8),
        series("Detached sockets", "Open sockets that have lost their monitor: their numbers stand still.", "none", unknown,
               (f"sum by (instance) (zmq_monitor_detached_sockets{{{INSTANCE}}})", "{{instance}}"), width=8),
        series("Connections without a sample", "Connections that came and went between two samples: their messages may not be "
               "counted.", "cpm", unknown, (per_minute("zmq_monitor_pipes_missed_total", INSTANCE, "instance"), "{{instance}}"),
               width=8),
        series("Endpoints with meters of their own", "Endpoints against zmq.monitor.max-endpoints.", "none", unknown,
               (f"sum by (instance) (zmq_monitor_endpoints{{{INSTANCE}}})", "endpoints: {{instance}}"),
               (f"sum by (instance) (zmq_monitor_endpoints_limit{{{INSTANCE}}})", "limit: {{instance}}")),
        series("Endpoints beyond the limit", "Endpoints that came when the limit was reached and count under 'other'.", "cpm",
               unknown, (per_minute("zmq_monitor_endpoints_overflow_total", INSTANCE, "instance"), "{{instance}}")),
    ], collapsed=True)


def variables():
    def query(name, label, expr):
        return {
            "type": "query", "name": name, "label": label, "datasource": DATASOURCE, "query": expr, "definition": expr,
            "refresh": 2, "sort": 1, "multi": True, "includeAll": True, "allValue": ".+", "hide": 0, "regex": "",
            "current": {"selected": True, "text": ["All"], "value": ["$__all"]}, "options": [],
        }

    sockets = '{__name__=~"zmq_endpoint_state|zmq_messages_total", job=~"$job", instance=~"$instance"}'
    return [
        {"type": "datasource", "name": "datasource", "label": "Data source", "query": "prometheus", "multi": False,
         "includeAll": False, "hide": 0, "refresh": 1, "regex": "", "current": {}, "options": []},
        query("job", "Job", "label_values(zmq_monitor_endpoints, job)"),
        query("instance", "Instance", 'label_values(zmq_monitor_endpoints{job=~"$job"}, instance)'),
        query("socket", "Socket", f"label_values({sockets}, socket)"),
        query("endpoint", "Endpoint", f"label_values(zmq_endpoint_state{{{SOCKET}}}, socket_endpoint)"),
    ]


def annotations():
    def annotation(name, color, expr, title, text, tags, value_is_time=False):
        return {
            "name": name, "datasource": DATASOURCE, "enable": True, "hide": False, "iconColor": color,
            "target": {"refId": "Anno", "expr": expr, "interval": "", "range": True, "instant": False},
            "titleFormat": title, "textFormat": text, "tagKeys": tags,
            "useValueForTime": value_is_time,
        }

    return [
        annotation("Restarts", "blue", f"process_start_time_seconds{{{INSTANCE}}} * 1000", "Restart",
                   "{{job}} {{instance}}", "job,instance", value_is_time=True),
        annotation("Lost connections", "orange",
                   "sum by (job, instance, socket, socket_endpoint) (increase(zmq_connections_closed_total"
                   f'{{{ALL}, role="connect", reason="disconnected"}}[$__rate_interval])) > 0',
                   "Connection lost", "{{instance}} {{socket}} {{socket_endpoint}}", "socket,instance"),
        annotation("Firing alerts", "red", f'ALERTS{{{INSTANCE}, alertname=~"Zmq.+", alertstate="firing"}}', "{{alertname}}",
                   "{{instance}} {{socket}} {{socket_endpoint}}", "severity,socket"),
    ]


def arrange(rows):
    """Gives rows and panels their places, from left to right and from top to bottom, and their ids."""
    result = []
    y = 0
    for each in rows:
        each["gridPos"] = {"x": 0, "y": y, "w": 24, "h": 1}
        y += 1
        x = height = 0
        for member in each["panels"]:
            size = member["gridPos"]
            if x + size["w"] > 24:
                x, y, height = 0, y + height, 0
            member["gridPos"] = {"x": x, "y": y, **size}
            x += size["w"]
            height = max(height, size["h"])
        y += height
        members = each["panels"]
        result.append(each)
        if not each["collapsed"]:
            each["panels"] = []
            result.extend(members)
        else:
            # What follows a collapsed row is placed as if its panels weren't there.
            y = each["gridPos"]["y"] + 1
    number = 0
    for each in result:
        for member in [each, *each.get("panels", [])]:
            number += 1
            member["id"] = number
    return result


def dashboard(uid, title, description, rows):
    return {
        "uid": uid,
        "title": title,
        "description": description,
        "tags": ["zeromq"],
        "schemaVersion": 39,
        "version": 1,
        "editable": False,
        "graphTooltip": 1,
        "timezone": "browser",
        "time": {"from": "now-1h", "to": "now"},
        "refresh": "30s",
        "links": [{"type": "dashboards", "title": "ZeroMQ dashboards", "tags": ["zeromq"], "asDropdown": False, "icon":
                   "external link", "includeVars": True, "keepTime": True, "targetBlank": False, "tooltip": "", "url": ""}],
        "templating": {"list": variables()},
        "annotations": {"list": annotations()},
        "panels": arrange(rows),
    }


def overview():
    details = [{
        "title": "This socket in detail",
        "targetBlank": False,
        "url": "/d/zmq-socket?var-datasource=${datasource}&var-job=${__data.fields.job:percentencode}"
               "&var-instance=${__data.fields.instance:percentencode}&var-socket=${__data.fields.socket:percentencode}"
               "&${__url_time_range}",
    }]
    by, legend = "job, socket", "{{job}} {{socket}}"
    return dashboard("zmq-overview", "ZeroMQ / Overview", "All ZeroMQ sockets of all instances: who listens, who is connected, "
                     "who retries, who gave up.", [
        at_a_glance([
            stat("Instances", "Applications that report ZeroMQ sockets.", f"count(zmq_monitor_endpoints{{{INSTANCE}}})",
                 [(BLUE, None)], "no instance", width=2),
            stat("Sockets", "Open monitored sockets of these instances.", f"sum(zmq_sockets{{{INSTANCE}}})", [(BLUE, None)],
                 "no socket", width=2),
        ]),
        row("Endpoint state", [
            state_timeline("State of endpoints", "One lane an endpoint. inproc endpoints have no state.", "no endpoint",
                           "{{instance}} {{socket}} {{socket_endpoint}}"),
            endpoint_table("Endpoints", "The worst first. Retries and lost connections are those of the chosen time. The name of a "
                           "socket leads to its own dashboard.", "no endpoint", details),
        ]),
        connections(by, legend, [
            series("Live connections by instance", "The same connections, by where they are.", "none", "no endpoint",
                   (f"sum by (job, instance) (zmq_connections{{{ALL}}})", "{{job}} {{instance}}"), stacked=True),
        ]),
        reconnecting(by, legend),
        failures(by, legend),
        messages(by, legend),
        monitor(),
    ])


def socket():
    by, legend = "instance, socket, socket_endpoint", "{{instance}} {{socket}} {{socket_endpoint}}"
    return dashboard("zmq-socket", "ZeroMQ / Socket", "Single sockets, by instance and endpoint.", [
        at_a_glance([
            stat("Endpoints", "Endpoints that the application has named, closed ones included until they are forgotten.",
                 f"count(zmq_endpoint_state_since_seconds{{{ALL}}})", [(BLUE, None)], "no endpoint", width=2),
            stat("Instances", "Applications that have this socket.",
                 f"count(sum by (job, instance) (zmq_endpoint_state{{{ALL}}}))", [(BLUE, None)], "no instance", width=2),
        ]),
        row("Endpoint state", [
            state_timeline("State of endpoints", "One lane an endpoint of an instance. inproc endpoints have no state.",
                           "no endpoint", legend),
            endpoint_table("Endpoints", "The worst first. Retries and lost connections are those of the chosen time.", "no endpoint",
                           []),
        ]),
        connections(by, legend, [
            series("Live connections by role", "Connections of endpoints that bind, and of those that connect.", "none",
                   "no endpoint", (f"sum by (role) (zmq_connections{{{ALL}}})", "{{role}}"), stacked=True),
        ]),
        reconnecting(by, legend),
        failures(by, legend),
        messages("instance, socket", "{{instance}} {{socket}}"),
        monitor(),
    ])


def main():
    stale = []
    for each in (overview(), socket()):
        path = HERE / (each["uid"] + ".json")
        text = json.dumps(each, indent=2) + "\n"
        if "--check" not in sys.argv[1:]:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            stale.append(path.name)
    if stale:
        sys.exit(f"out of date, run {pathlib.Path(__file__).name}: {', '.join(stale)}")


if __name__ == "__main__":
    main()
