"""A server crashes: the alert reaches Alertmanager, and is resolved when the server is back."""

from lab.lab import CLIENT_JOB

SOCKET = "orderWorkerAnna"

# What always fires while the sample runs, by alert and socket.
STANDING = {("ZmqEndpointDisconnected", "quotes"), ("ZmqEndpointAbandoned", "auditor")}

# Whose only endpoint is abandoned after a refused password: that calls somebody, and nothing else about it does.
ABANDONED = "auditor"


def problems(lab):
    endpoint = f"tcp://localhost:{lab.sample_ports['order']}"
    expected = [
        {"alertname": alert, "severity": severity, "job": CLIENT_JOB, "instance": f"127.0.0.1:{port}",
         "application": "zmq-sample-client", "socket": SOCKET, "socket_type": "DEALER", **more}
        for port in lab.client_ports
        for alert, severity, more in (
            ("ZmqEndpointDisconnected", "warning", {"socket_endpoint": endpoint, "role": "connect"}),
            ("ZmqSocketDown", "critical", {}))]

    def present():
        return [alert for alert in lab.alerts() if alert.get("socket") == SOCKET]

    if present():
        yield f"alerts while the server is up: {present()}"
    lab.kill_server()
    print("   the server is killed", flush=True)
    # Both alerts have to last for 2 minutes; rules are evaluated each 15 s.
    lab.wait("the alerts reach Alertmanager", lambda: len(present()) >= len(expected), 600)
    found = present()
    for alert in expected:
        if alert not in found:
            yield f"missing in Alertmanager: {alert}"
    for alert in found:
        if alert not in expected:
            yield f"unexpected in Alertmanager: {alert}"
    print("   the server is started again", flush=True)
    lab.start_server()
    lab.wait("the alerts are resolved", lambda: not present(), 600)
    for alert, socket in STANDING - {(alert["alertname"], alert.get("socket")) for alert in lab.alerts()}:
        yield f"missing in Alertmanager: {alert} of {socket}"
    found = {alert["alertname"] for alert in lab.alerts() if alert.get("socket") == ABANDONED}
    if found != {"ZmqEndpointAbandoned"}:
        yield f"alerts of {ABANDONED}, which is abandoned: {sorted(found)}"
