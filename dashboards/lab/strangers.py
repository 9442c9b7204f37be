"""Peers that speak just enough ZMTP 3.0 to do what a well-made library keeps its users from."""

import contextlib
import socket
import struct
import threading

LIMIT_SECONDS = 60

GREETING = b"\xff" + bytes(8) + b"\x7f" + b"\x03\x00" + b"NULL".ljust(20, b"\x00") + bytes(32)

MORE, LONG, COMMAND = 1, 2, 4

ALL_TOPICS = b"\x01"

RECEIVE_BUFFER = 4096

PAUSE_SECONDS = 5


class Strangers:
    """Come when entered, to an order desk and to a feed of ticks, and go when left. One comes over a wire, if there is one, that is cut."""

    def __init__(self, order_port, tick_port, wire=None):
        self.order_port = order_port
        self.tick_port = tick_port
        self.wire = wire
        self.peers = []
        self.threads = []
        self.left = threading.Event()

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
        if self.left.is_set():
            return
        self.left.set()
        if self.wire:
            with contextlib.suppress(OSError):
                self.wire.mend()
        for peer in self.peers:
            peer.close()
        for thread in self.threads:
            thread.join()

    def _come(self):
        for _ in range(2):
            self._peer(self.order_port, "DEALER", b"twin")
        # The desk takes two frames for a request: it answers to the one that follows as if that were an identity.
        self._peer(self.order_port, "DEALER").send(b"ready", b"nobody", b"ready")
        # Never reads, so that the feed's queue is full in a moment.
        self._peer(self.tick_port, "SUB").send(ALL_TOPICS)
        self._again_and_again(self._stay_silent)
        self._again_and_again(self._break_the_protocol)
        if self.wire:
            self._peer(self.tick_port, "SUB", wire=self.wire).send(ALL_TOPICS)
            self.wire.cut()

    def _peer(self, port, kind, identity=b"", wire=None):
        peer = Peer(port, wire)
        self.peers.append(peer)
        peer.shake_hands(kind, identity)
        return peer

    def _again_and_again(self, visit):
        def run():
            while not self.left.is_set():
                with contextlib.suppress(OSError), contextlib.closing(Peer(self.order_port)) as peer:
                    visit(peer)

        thread = threading.Thread(target=run, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _stay_silent(self, peer):
        """Until the desk has had enough of it, and then anew."""
        while not self.left.is_set() and not peer.has_ended(1):
            pass

    def _break_the_protocol(self, peer):
        peer.connection.sendall(GREETING + frame(COMMAND, b"\x05WRONG"))
        self.left.wait(PAUSE_SECONDS)


class Peer:
    """One connection. It reads nothing but the other side's handshake."""

    def __init__(self, port, wire=None):
        self.connection = wire.socket() if wire else socket.socket()
        self.connection.settimeout(LIMIT_SECONDS)
        if not wire:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        try:
            self.connection.connect((wire.here if wire else "127.0.0.1", port))
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

    def has_ended(self, seconds):
        """Whether the other side ends the connection within that time."""
        self.connection.settimeout(seconds)
        try:
            return not self.connection.recv(4096)
        except TimeoutError:
            return False

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
