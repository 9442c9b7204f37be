"""The rows that both dashboards consist of. What differs is by which labels they add up."""

from panels import BLUE, GREEN, ORANGE, RED, documentation, hint_table, series, stat
from queries import ALL, INSTANCE, SOCKET, endpoints_in, hints, mean, per_minute, rate


def row(title, panels, collapsed=False):
    return {"type": "row", "title": title, "collapsed": collapsed, "panels": panels}


def at_a_glance(first):
    def ok_if_none(color):
        return [(GREEN, None), (color, 1)]

    nothing = "no endpoint"
    return row("Health at a glance", first + [
        stat("Endpoints up", "Endpoints that listen or are connected. inproc endpoints have no state and are not counted.",
             endpoints_in("listening|connected"), [(RED, None), (GREEN, 1)], nothing),
        stat("Connections", "Connections that are ready, at either end: one between two monitored sockets counts twice.",
             f"sum(zmq_connections{{{ALL}}})", [(BLUE, None)], nothing),
        stat("Away", "Connect endpoints without a connection that JeroMQ still tries to reach.",
             endpoints_in("connecting|handshaking|disconnected|retrying"), ok_if_none(ORANGE), nothing),
        stat("Abandoned", "Connect endpoints that JeroMQ has given up. They never come back without disconnect and a new connect.",
             endpoints_in("abandoned"), ok_if_none(RED), nothing),
        stat("Failed to bind", "Bind endpoints whose listener could not be opened.",
             endpoints_in("failed"), ok_if_none(RED), nothing),
        stat("Full queues", "Queues at their high-water mark, to be sent or received: a sender blocks, or loses messages.",
             f"sum(zmq_queue_full_pipes{{{SOCKET}}})", ok_if_none(ORANGE), "not sampled"),
        stat("Firing alerts", "Alerts of zmq-rules.yml that fire for the chosen jobs and instances, whatever the socket.",
             f'count(ALERTS{{{INSTANCE}, alertname=~"Zmq.+", alertstate="firing"}})', ok_if_none(RED), "none", width=2),
    ])


def hinted():
    nothing = "no hint"
    return row("Hints", [
        hint_table("Hints now", "What is hinted at present, the most frequent first, as far as it can be told. Which socket it is "
                   "stands in the log and in the actuator endpoint zmq. The name of a hint leads to what it means.", nothing),
        series("Hints over time", "How many hints of each kind hold.", "none", nothing,
               (hints("job, instance, hint"), "{{hint}}: {{instance}}"), links=documentation("What hints mean", "endpoint.md#hints")),
    ])


def connections(by, legend, more):
    def carried(direction):
        return series(f"Bytes {direction}", f"Bytes of TCP {direction} a second, as the Linux kernel counts them. On Linux with "
                      "netlink only: Java 22 or later, native access enabled.", "Bps", "not counted: needs netlink, see docs/kernel.md",
                      (rate("zmq_connection_bytes_total", f'{ALL}, direction="{direction}"', by), legend),
                      links=documentation("What the kernel knows", "kernel.md"))

    return row("Connections", [
        series("Live connections", "Connections that are ready to use, and those whose handshake is not over.", "none",
               "no endpoint", (f"sum by ({by}) (zmq_connections{{{ALL}}})", legend),
               (f"sum by ({by}) (zmq_connections_handshaking{{{ALL}}}) > 0", f"handshaking: {legend}")),
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
        # NaN, where the kernel says nothing, would make the sum NaN.
        series("Stalled connections, by reason", "Connections that have something to send and stand still, on Linux. "
               "'peer_not_reading': the peer takes nothing, but its host answers; 'unreachable': nothing answers.", "none",
               "not known: see docs/kernel.md",
               (f"sum by ({by}, reason) (zmq_connections_stalled{{{ALL}}} >= 0)", f"{{{{reason}}}}: {legend}"),
               links=documentation("What the kernel knows", "kernel.md")),
        carried("sent"),
        carried("received"),
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
    unsampled = "not sampled: see zmq.monitor.queues.enabled"

    def flow(direction):
        return series(f"Messages {direction}", f"Whole messages {direction} a second, over all transports. A PUB or ROUTER "
                      "counts one for each peer that it goes to; what it drops is counted below.", "mps", unsampled,
                      (rate("zmq_messages_total", f'{SOCKET}, direction="{direction}"', by), legend))

    return row("Messages and queues", [
        flow("sent"),
        flow("received"),
        series("Messages dropped, by reason", "One for each peer that did not get it. 'queue_full': the peer is too slow; "
               "'unroutable': nobody has the identity; 'peer_gone': it went away meanwhile; 'discarded': thrown away with a queue, "
               "at close or at the end of a connection; 'too_large': above setMaxMsgSize.", "mps",
               "not counted: see the line at start-up",
               (rate("zmq_messages_dropped_total", SOCKET, f"{by}, reason"), f"{{{{reason}}}}: {legend}"), width=24),
        series("Messages waiting", "Messages in the queues of sockets: 'sent', not yet with the peer; 'received', not yet "
               "taken by the application.", "none", unsampled,
               (f"sum by ({by}, direction) (zmq_queue_size_messages{{{SOCKET}}})", f"{{{{direction}}}}: {legend}"), width=8),
        series("Fullest queue against its limit", "The fullest queue of a socket as a share of its high-water mark. It is 100 % "
               "whenever a sender meets it full: a reader gives places back in batches.", "percentunit", unsampled,
               (f"max by ({by}, direction) (zmq_queue_utilization{{{SOCKET}}})", f"{{{{direction}}}}: {legend}"),
               width=8, maximum=1),
        series("Full queues over time", "Queues at their high-water mark: a send blocks, or its message is lost (PUB, XPUB, ROUTER, "
               "RADIO).", "none", unsampled,
               (f"sum by ({by}, direction) (zmq_queue_full_pipes{{{SOCKET}}})", f"{{{{direction}}}}: {legend}"), width=8),
    ])


def monitor():
    unknown = "no instance"
    return row("The monitor itself", [
        series("Events", "Events that sockets fired, by kind.", "cps", unknown,
               (rate("zmq_monitor_events_total", INSTANCE, "event"), "{{event}}")),
        series("Contained failures", "Failures of the monitor that it kept from the application, by where they happened.",
               "cpm", unknown, (per_minute("zmq_monitor_errors_total", INSTANCE, "job, instance, stage"),
                                "{{stage}}: {{instance}}")),
        series("Events dropped", "Events that did not reach listeners because their queue was full.", "cpm", unknown,
               (per_minute("zmq_monitor_events_dropped_total", INSTANCE, "job, instance, reason"), "{{reason}}: {{instance}}"),
               width=8),
        series("Detached sockets", "Open sockets that have lost their monitor: their numbers stand still.", "none", unknown,
               (f"sum by (job, instance) (zmq_monitor_detached_sockets{{{INSTANCE}}})", "{{instance}}"), width=8),
        series("Connections without a sample", "Connections that came and went between two samples: their messages may not be "
               "counted.", "cpm", unknown, (per_minute("zmq_monitor_pipes_missed_total", INSTANCE, "job, instance"), "{{instance}}"),
               width=8),
        series("Endpoints with meters of their own", "Endpoints against zmq.monitor.max-endpoints.", "none", unknown,
               (f"sum by (job, instance) (zmq_monitor_endpoints{{{INSTANCE}}})", "endpoints: {{instance}}"),
               (f"sum by (job, instance) (zmq_monitor_endpoints_limit{{{INSTANCE}}})", "limit: {{instance}}")),
        series("Endpoints beyond the limit", "Endpoints that came when the limit was reached and count under 'other'.", "cpm",
               unknown, (per_minute("zmq_monitor_endpoints_overflow_total", INSTANCE, "job, instance"), "{{instance}}")),
    ], collapsed=True)
