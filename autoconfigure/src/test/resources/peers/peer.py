"""A libzmq peer, driven by lines on standard input; answers each with a line."""
import socket
import struct
import sys
import threading

import zmq
from zmq.utils import z85

sys.dont_write_bytecode = True
# in milliseconds, for what hangs: less than the test waits for this answer
PATIENCE = 60_000

context = zmq.Context()
sockets = {}
secret = None


def option(handle, name, value):
    constant = getattr(zmq, name)
    try:
        handle.setsockopt(constant, int(value))
    except ValueError:
        handle.setsockopt(constant, value.encode())


def credential(mechanism, frames):
    """What a client says of itself: its key in CURVE, its password in PLAIN, nothing in NULL."""
    if mechanism == b"CURVE":
        return z85.encode(frames[0])
    return frames[-1] if frames else b""


def guard(handler):
    """Answers ZAP requests: who knows the password, or has the key, may enter."""
    while True:
        version, request, _, _, _, mechanism, *frames = handler.recv_multipart()
        known = credential(mechanism, frames) == secret
        status, user = (b"200", b"user") if known else (b"400", b"")
        handler.send_multipart([version, request, status, b"", user, b""])


def churn(port, count):
    """Connections that are reset as soon as they are there."""
    for _ in range(count):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def run(command, *arguments):
    global secret
    if command == "socket":
        name, kind = arguments
        sockets[name] = context.socket(getattr(zmq, kind))
        sockets[name].linger = 0
    elif command == "option":
        option(sockets[arguments[0]], arguments[1], arguments[2])
    elif command == "everything":
        sockets[arguments[0]].subscribe(b"")
    elif command == "forward":
        name, source, receiver, folder = arguments
        sys.path.insert(0, folder)
        import zmq_monitor_forwarder
        zmq_monitor_forwarder.forward(sockets[name], source, receiver)
    elif command == "threads":
        context.set(zmq.IO_THREADS, int(arguments[0]))
    elif command == "churn":
        churn(int(arguments[0].rsplit(":", 1)[1]), int(arguments[1]))
    elif command == "guard":
        if secret is None:
            handler = context.socket(zmq.REP)
            handler.bind("inproc://zeromq.zap.01")
            threading.Thread(target=guard, args=(handler,), daemon=True).start()
        secret = arguments[0].encode()
    elif command == "bind":
        sockets[arguments[0]].bind(arguments[1])
        return sockets[arguments[0]].getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode()
    elif command == "trybind":
        try:
            sockets[arguments[0]].bind(arguments[1])
        except zmq.ZMQError as error:
            return "refused %d" % error.errno
    elif command == "poll":
        sockets[arguments[0]].poll(200)
    elif command == "connect":
        sockets[arguments[0]].connect(arguments[1])
    elif command == "disconnect":
        sockets[arguments[0]].disconnect(arguments[1])
    elif command == "unbind":
        sockets[arguments[0]].unbind(arguments[1])
    elif command == "send":
        sockets[arguments[0]].send_string(arguments[1])
    elif command == "recv":
        if not sockets[arguments[0]].poll(PATIENCE):
            return "nothing"
        return sockets[arguments[0]].recv_multipart()[-1].decode()
    elif command == "drain":
        messages = 0
        while sockets[arguments[0]].poll(10):
            sockets[arguments[0]].recv_multipart()
            messages += 1
        return messages
    elif command == "echo":
        if not sockets[arguments[0]].poll(PATIENCE):
            return "nothing"
        frames = sockets[arguments[0]].recv_multipart()
        sockets[arguments[0]].send_multipart(frames)
    elif command == "close":
        sockets.pop(arguments[0]).close(0)
    elif command == "reset":
        while sockets:
            sockets.popitem()[1].close(0)
    return "ok"


print("ready", zmq.zmq_version(), flush=True)
for line in sys.stdin:
    try:
        print(run(*line.split()), flush=True)
    except Exception as error:
        print("error", error, flush=True)
