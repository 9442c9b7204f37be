"""Records monitor messages of a real libzmq, byte for byte.

python3 record.py 1 [path of libzmq.so]    version 1, with any libzmq from 4.3
python3 record.py 2 path-of-libzmq.so      version 2, with a libzmq built with drafts

Prints one message a line: what libzmq says that it is, then its frames in hexadecimal. Run as a user who may set a lower
limit of descriptors.
"""
import ctypes
import resource
import socket
import sys
import threading
import time

VERSION = int(sys.argv[1])
zmq = ctypes.CDLL(sys.argv[2] if len(sys.argv) > 2 else "libzmq.so.5", use_errno=True)
for name in ("zmq_ctx_new", "zmq_socket"):
    getattr(zmq, name).restype = ctypes.c_void_p
PAIR, REQ, REP, DEALER = 0, 3, 4, 5
LINGER, RECONNECT_IVL, LAST_ENDPOINT, RCVMORE, RCVTIMEO = 17, 18, 32, 13, 27
PLAIN_SERVER, PLAIN_USERNAME, PLAIN_PASSWORD, ZAP_DOMAIN, HANDSHAKE_IVL = 44, 45, 46, 55, 66
EVENTS = ("CONNECTED CONNECT_DELAYED CONNECT_RETRIED LISTENING BIND_FAILED ACCEPTED ACCEPT_FAILED CLOSED CLOSE_FAILED "
          "DISCONNECTED MONITOR_STOPPED HANDSHAKE_FAILED_NO_DETAIL HANDSHAKE_SUCCEEDED HANDSHAKE_FAILED_PROTOCOL "
          "HANDSHAKE_FAILED_AUTH").split()
context = ctypes.c_void_p(zmq.zmq_ctx_new())
seen = {}
monitors = 0


def option(handle, number, value):
    if isinstance(value, int):
        zmq.zmq_setsockopt(handle, number, ctypes.byref(ctypes.c_int(value)), 4)
    else:
        zmq.zmq_setsockopt(handle, number, value, len(value))


def receive(handle):
    frames = []
    while True:
        buffer = ctypes.create_string_buffer(1024)
        size = zmq.zmq_recv(handle, buffer, 1024, 0)
        if size < 0:
            return None
        frames.append(buffer.raw[:size])
        more, length = ctypes.c_int(), ctypes.c_size_t(4)
        zmq.zmq_getsockopt(handle, RCVMORE, ctypes.byref(more), ctypes.byref(length))
        if not more.value:
            return frames


def watch(address):
    reader = ctypes.c_void_p(zmq.zmq_socket(context, PAIR))
    zmq.zmq_connect(reader, address)
    while True:
        frames = receive(reader)
        code = int.from_bytes(frames[0][:8 if VERSION == 2 else 2], sys.byteorder)
        event = EVENTS[code.bit_length() - 1]
        seen.setdefault((event, any(frames[-VERSION:])), frames)
        if event == "MONITOR_STOPPED":
            return


def make(kind, **options):
    global monitors
    handle = ctypes.c_void_p(zmq.zmq_socket(context, kind))
    option(handle, LINGER, 0)
    option(handle, RECONNECT_IVL, 100)
    for name, value in options.items():
        option(handle, globals()[name], value)
    monitors += 1
    address = b"inproc://monitor-%d" % monitors
    if VERSION == 2:
        zmq.zmq_socket_monitor_versioned(handle, address, ctypes.c_uint64(0xFFFF), 2, PAIR)
    else:
        zmq.zmq_socket_monitor(handle, address, 0xFFFF)
    threading.Thread(target=watch, args=(address,), daemon=True).start()
    return handle


def bind(handle, endpoint):
    if zmq.zmq_bind(handle, endpoint) != 0:
        return None
    buffer, length = ctypes.create_string_buffer(256), ctypes.c_size_t(256)
    zmq.zmq_getsockopt(handle, LAST_ENDPOINT, buffer, ctypes.byref(length))
    return buffer.value


def guard():
    handler = ctypes.c_void_p(zmq.zmq_socket(context, REP))
    zmq.zmq_bind(handler, b"inproc://zeromq.zap.01")
    while True:
        frames = receive(handler)
        for answer in (frames[0], frames[1], b"400", b"No", b""):
            zmq.zmq_send(handler, answer, len(answer), 2)
        zmq.zmq_send(handler, b"", 0, 0)


def pause():
    time.sleep(0.5)


server, client = make(REP), make(REQ)
endpoint = bind(server, b"tcp://127.0.0.1:*")
zmq.zmq_connect(client, endpoint)
pause()
other = make(REP)
bind(other, endpoint)
zmq.zmq_close(server)
pause()
zmq.zmq_close(client)
zmq.zmq_close(other)
threading.Thread(target=guard, daemon=True).start()
server = make(REP, PLAIN_SERVER=1, ZAP_DOMAIN=b"test")
endpoint = bind(server, b"tcp://127.0.0.1:*")
client = make(REQ, PLAIN_USERNAME=b"user", PLAIN_PASSWORD=b"wrong")
zmq.zmq_connect(client, endpoint)
pause()
zmq.zmq_close(client)
client = make(REQ)
zmq.zmq_connect(client, endpoint)
pause()
port = int(endpoint.rsplit(b":", 1)[1])
probe = socket.create_connection(("127.0.0.1", port))
pause()
probe.close()
pause()
probe = socket.socket()
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (probe.fileno() + 1, hard))
spare = []
try:
    while True:
        spare.append(open("/dev/null"))
except OSError:
    pass
probe.connect(("127.0.0.1", port))
pause()
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
zmq.zmq_close(server)
pause()

parts = [ctypes.c_int() for _ in range(3)]
zmq.zmq_version(*[ctypes.byref(part) for part in parts])
print("# libzmq %s, %s-endian, monitor version %d" % (".".join(str(part.value) for part in parts), sys.byteorder, VERSION))
for event in EVENTS:
    for addressed in (True, False):
        if (event, addressed) in seen:
            print(event, *[frame.hex() or "-" for frame in seen[event, addressed]])
