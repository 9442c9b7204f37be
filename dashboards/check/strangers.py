"""Strangers at a server of their own: what they do wrong reaches Alertmanager as alerts, and nothing else does."""

from lab.lab import SERVER_JOB

ORDERS = {"socket": "orderDesk", "socket_type": "ROUTER"}
TICKS = {"socket": "tickFeed", "socket_type": "PUB"}

# About what is so now: they end when the strangers have gone. The others count what was, and go on for some minutes.
OF_THE_MOMENT = {"ZmqHandshakesStuck", "ZmqIdentityDuplicate", "ZmqPeerNotReading", "ZmqPeerUnreachable", "ZmqQueueFull"}


def expected_alerts(lab, visitors):
    desk, feed = ({"socket_endpoint": f"tcp://*:{lab.second_sample_ports[name]}", "role": "bind"} for name in ("order", "tick"))
    unreachable = [("ZmqPeerUnreachable", "warning", {**TICKS, **feed, "reason": "unreachable"})] if visitors.wire else []
    return [
        {"alertname": alert, "severity": severity, "job": SERVER_JOB, "instance": _instance(lab),
         "application": "zmq-sample-server", **more}
        for alert, severity, more in (
            ("ZmqIdentityDuplicate", "warning", {"hint": "identity_duplicate"}),
            ("ZmqMessagesUnroutable", "warning", {**ORDERS, "reason": "unroutable"}),
            ("ZmqMessagesDropped", "warning", TICKS),
            ("ZmqQueueFull", "critical", {**TICKS, "direction": "sent"}),
            ("ZmqHandshakesStuck", "warning", {**ORDERS, **desk}),
            ("ZmqHandshakeFailures", "warning", {**ORDERS, **desk, "reason": "protocol"}),
            ("ZmqPeerNotReading", "warning", {**TICKS, **feed, "reason": "peer_not_reading"}),
            *unreachable)]


def problems(lab, visitors):
    def present():
        return [alert for alert in lab.alerts() if alert.get("instance") == _instance(lab)]

    expected = expected_alerts(lab, visitors)
    lab.wait("the strangers' alerts reach Alertmanager", lambda: len(present()) >= len(expected), 600)
    found = present()
    for alert in expected:
        if alert not in found:
            yield f"missing in Alertmanager: {alert}"
    for alert in found:
        if alert not in expected:
            yield f"unexpected in Alertmanager: {alert}"
    visitors.leave()
    print("   the strangers leave", flush=True)
    lab.wait("the alerts about what is so now are resolved",
             lambda: OF_THE_MOMENT.isdisjoint(alert["alertname"] for alert in present()), 600)


def _instance(lab):
    return f"127.0.0.1:{lab.second_server_port}"
