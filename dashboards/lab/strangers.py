"""Peers that speak just enough ZMTP 3.0 to do what a well-made library keeps its users from."""

import socket
import struct

LIMIT_SECONDS = 60

GREETING = b"\xff" + bytes(8) + b"\x7f" + b"\x03\x00" + b"NULL".ljust(20, b"\x00") + bytes(32)

MORE, LONG, COMMAND = 1, 2, 4

ALL_TOPICS = b"\x01"

RECEIVE_BUFFER = 4096


class Strangers:
    """Come when entered, to an order desk and to a feed of ticks, and go when left."""

    def __init__(self, order_port, tick_port):
        self.order_port = order_port
        self.tick_port = tick_port
        self.peers = []

    def __enter__(self):
        try:
            self._come()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *ignored):
        self.leave()

    def leave(self):
        for peer in self.peers:
            peer.close()

    def _come(self):
        for _ in range(2):
            self._peer(self.order_port, "DEALER", b"twin")
        # The desk takes two frames for a request: it answers to the one that follows as if that were an identity.
        self._peer(self.order_port, "DEALER").send(b"ready", b"nobody", b"ready")
        # Never reads, so that the feed's queue is full in a moment.
        self._peer(self.tick_port, "SUB").send(ALL_TOPICS)

    def _peer(self, port, kind, identity=b""):
        peer = Peer(port)
        self.peers.append(peer)
        peer.shake_hands(kind, identity)
        return peer


class Peer:
    """One connection. It reads nothing but the other side's handshake."""

    def __init__(self, port):
        self.connection = socket.socket()
        self.connection.settimeout(LIMIT_SECONDS)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        try:
            self.connection.connect(("127.0.0.1", port))
        except OSError:
            self.close()
            raise

    def shake_hands(self, kind, identity):
        self.connection.sendall(GREETING + frame(COMMAND, ready(kind, identity)))
        self._read(len(GREETING))
        flags, size = self._read(2)
        if not flags & COMMAND or flags & LONG:
            raise OSError(f"no command, but a frame with the flags {flags}")
        command = self._read(size)
        if not command.startswith(b"\x05READY"):
            raise OSError(f"no handshake, but {command}")

    def send(self, *frames):
        *first, last = frames
        self.connection.sendall(b"".join(frame(MORE, each) for each in first) + frame(0, last))

    def close(self):
        self.connection.close()

    def _read(self, size):
        result = b""
        while len(result) < size:
            part = self.connection.recv(size - len(result))
            if not part:
                raise OSError("the connection has ended in its handshake")
            result += part
        return result


def frame(flags, body):
    return bytes([flags, len(body)]) + body


def ready(kind, identity):
    return b"\x05READY" + metadata(b"Socket-Type", kind.encode()) + metadata(b"Identity", identity)


def metadata(name, value):
    return bytes([len(name)]) + name + struct.pack(">I", len(value)) + value
