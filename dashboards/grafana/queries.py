"""Selectors and expressions of the dashboards' queries."""

# The narrowest selector that the labels of a metric allow: all of them, those of a socket, those of an instance.
ALL = 'job=~"$job", instance=~"$instance", socket=~"$socket", socket_endpoint=~"$endpoint"'
SOCKET = 'job=~"$job", instance=~"$instance", socket=~"$socket"'
INSTANCE = 'job=~"$job", instance=~"$instance"'

ENDPOINT_KEY = "job, instance, socket, socket_type, role, socket_endpoint"

# State, and the number that stands for it: the worse, the higher.
STATES = {
    "closed": 0,
    "listening": 1,
    "connected": 2,
    "connecting": 3,
    "handshaking": 4,
    "disconnected": 5,
    "retrying": 6,
    "abandoned": 7,
    "failed": 8,
}


def state_code(key):
    """One series an endpoint, whose value is the number of its state."""
    terms = [f'zmq_endpoint_state{{{ALL}, state="{name}"}} * {code}' for name, code in STATES.items() if code]
    return f"max by ({key}) (\n  " + "\n  or ".join(terms) + "\n)"


def endpoints_in(states):
    return f'sum(zmq_endpoint_state{{{ALL}, state=~"{states}"}})'


def hints(by):
    """Only what is hinted: each kind of hint has a series, which is 0 as long as it holds nowhere."""
    return f"sum by ({by}) (zmq_hints{{{INSTANCE}}}) > 0"


def rate(metric, selector, by):
    return f"sum by ({by}) (rate({metric}{{{selector}}}[$__rate_interval]))"


def per_minute(metric, selector, by):
    return f"60 * {rate(metric, selector, by)}"


def mean(timer, selector, by):
    """The mean of a timer: nothing, not 0, while nothing was recorded."""
    return f"{rate(timer + '_sum', selector, by)}\n/\n({rate(timer + '_count', selector, by)} > 0)"
