#!/usr/bin/env python3
"""Writes the dashboards zmq-overview.json and zmq-socket.json beside this file.

    generate.py           write them
    generate.py --check   write nothing, fail if they are out of date
"""

import json
import pathlib
import sys

from panels import BLUE, DATASOURCE, endpoint_table, series, stat, state_timeline
from queries import ALL, INSTANCE, SOCKET
from rows import at_a_glance, connections, failures, hinted, messages, monitor, reconnecting, row

HERE = pathlib.Path(__file__).resolve().parent


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
    def annotation(name, color, expr, title, text, tags, value_is_time=False, enable=True):
        return {
            "name": name, "datasource": DATASOURCE, "enable": enable, "hide": False, "iconColor": color,
            "expr": expr, "target": {"refId": "Anno", "expr": expr, "interval": "", "range": True, "instant": False},
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
                   "{{instance}} {{socket}} {{socket_endpoint}}", "severity,socket", enable=False),
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
            endpoint_table("Endpoints in detail", "The worst first. Retries and lost connections are those of the chosen time. The name of a "
                           "socket leads to its own dashboard.", "no endpoint", details),
        ]),
        hinted(),
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
    by, legend = "job, instance, socket, socket_endpoint", "{{instance}} {{socket}} {{socket_endpoint}}"
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
            endpoint_table("Endpoints in detail", "The worst first. Retries and lost connections are those of the chosen time.", "no endpoint",
                           []),
        ]),
        connections(by, legend, [
            series("Live connections by role", "Connections of endpoints that bind, and of those that connect.", "none",
                   "no endpoint", (f"sum by (role) (zmq_connections{{{ALL}}})", "{{role}}"), stacked=True),
        ]),
        reconnecting(by, legend),
        failures(by, legend),
        messages("job, instance, socket", "{{instance}} {{socket}}"),
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
