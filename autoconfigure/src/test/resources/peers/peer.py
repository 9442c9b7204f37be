"""A libzmq peer, driven by lines on standard input; answers each with a line."""
import sys
import threading

import zmq

context = zmq.Context()
sockets = {}


def option(socket, name, value):
    constant = getattr(zmq, name)
    try:
        socket.setsockopt(constant, int(value))
    except ValueError:
        socket.setsockopt(constant, value.encode())


def guard(password):
    """Answers ZAP requests: who knows the password may enter."""
    handler = context.socket(zmq.REP)
    handler.bind("inproc://zeromq.zap.01")
    while True:
        frames = handler.recv_multipart()
        known = frames[-1] == password.encode()
        status, text = (b"200", b"OK") if known else (b"400", b"No")
        handler.send_multipart([frames[0], frames[1], status, text, b"user" if known else b"", b""])


def run(command, *arguments):
    if command == "socket":
        name, kind = arguments
        sockets[name] = context.socket(getattr(zmq, kind))
        sockets[name].linger = 0
    elif command == "option":
        option(sockets[arguments[0]], arguments[1], arguments[2])
    elif command == "guard":
        threading.Thread(target=guard, args=arguments, daemon=True).start()
    elif command == "bind":
        sockets[arguments[0]].bind(arguments[1])
        return sockets[arguments[0]].getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode()
    elif command == "connect":
        sockets[arguments[0]].connect(arguments[1])
    elif command == "disconnect":
        sockets[arguments[0]].disconnect(arguments[1])
    elif command == "send":
        sockets[arguments[0]].send_string(arguments[1])
    elif command == "recv":
        if not sockets[arguments[0]].poll(5000):
            return "nothing"
        return sockets[arguments[0]].recv_multipart()[-1].decode()
    elif command == "close":
        sockets.pop(arguments[0]).close(0)
    return "ok"


print("ready", zmq.zmq_version(), flush=True)
for line in sys.stdin:
    try:
        print(run(*line.split()), flush=True)
    except Exception as error:
        print("error", error, flush=True)
