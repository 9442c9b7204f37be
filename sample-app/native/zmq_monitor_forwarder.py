"""Hands the events of ZeroMQ sockets on to zmq-monitor. Needs pyzmq, and nothing else.

    import zmq_monitor_forwarder

    socket = context.socket(zmq.REP)
    zmq_monitor_forwarder.forward(socket, "orders")
    socket.bind("tcp://*:5555")

Call forward() before bind() and connect(): what happened before is not known. libzmq allows one monitor a socket, so that a
socket that has one already is refused. All sockets share one daemon thread, which waits for nobody: what can't be sent at
once is dropped, and zmq-monitor is told how many events there should have been.

Where the receiver asks for a password, it is in the environment variable ZMQ_MONITOR_NATIVE_PASSWORD.

As a program it is a demonstration: python3 zmq_monitor_forwarder.py RECEIVER NAME TYPE bind|connect ADDRESS
"""
import os
import queue
import struct
import sys
import threading
import time
import uuid
import weakref

import zmq

RECEIVER = "tcp://127.0.0.1:5600"
HEARTBEAT_SECONDS = 5.0
QUEUED_MESSAGES = 1000
HANDSHAKE_MILLISECONDS = 2000

_TYPES = ("PAIR PUB SUB REQ REP DEALER ROUTER PULL PUSH XPUB XSUB STREAM "
          "SERVER CLIENT RADIO DISH GATHER SCATTER PEER CHANNEL").split()
_forwarders = {}
_lock = threading.Lock()


def forward(socket, name, receiver=RECEIVER):
    """Monitor a socket from now on. Call it on the thread that uses the socket."""
    with _lock:
        forwarder = _forwarders.get((receiver, os.getpid()))
        if forwarder is None:
            forwarder = _forwarders[receiver, os.getpid()] = _Forwarder(receiver)
    forwarder.add(socket, name)


class _Source:
    """A socket that is monitored, and the pair that its events come through."""

    def __init__(self, socket, name):
        if getattr(socket, "_monitor_socket", None) is not None:
            raise ValueError("the socket has a monitor already, and libzmq allows one")
        kind = next(kind for kind in _TYPES if getattr(zmq, kind, None) == socket.type)
        instance = "%d-%s" % (os.getpid(), uuid.uuid4().hex[:8])
        self.header = [name.encode(), kind.encode()]
        self.instance = instance
        self.events = 0
        self.socket = weakref.ref(socket)
        address = "inproc://zmq-monitor-forwarder-" + instance
        # a shadow, so that the application may destroy its context with all sockets that it knows
        self.pair = zmq.Context.shadow(socket.context.underlying).socket(zmq.PAIR)
        self.pair.linger = 0
        # without a limit: at a limit libzmq waits for the reader, and the application with it
        self.pair.rcvhwm = 0
        # first the reader, then the monitor, which would wait for it
        self.pair.connect(address)
        try:
            socket.monitor(address, 0xFFFF)
        except Exception:
            self.pair.close()
            raise

    def heartbeat(self):
        return self.header + [b"%s %d" % (self.instance.encode(), self.events)]

    def has_ended(self):
        """Whether the context was terminated: then the monitor has no time to tell."""
        try:
            self.pair.get(zmq.EVENTS)
            return False
        except zmq.ZMQError:
            return True

    def end(self):
        socket = self.socket()
        try:
            if socket is not None and not socket.closed:
                socket.monitor(None, 0)
        except zmq.ZMQError:
            pass
        self.pair.close()


class _Forwarder:
    """The thread that all sockets share, and the one socket that it sends through, in a context of its own."""

    def __init__(self, receiver):
        self.receiver = receiver
        self.arriving = queue.SimpleQueue()
        self.sources = {}
        threading.Thread(target=self.run, name="zmq-monitor-forwarder", daemon=True).start()

    def add(self, socket, name):
        self.arriving.put(_Source(socket, name))

    def run(self):
        self.push = zmq.Context().socket(zmq.PUSH)
        self.push.linger = 0
        self.push.sndhwm = QUEUED_MESSAGES
        self.push.handshake_ivl = HANDSHAKE_MILLISECONDS
        password = os.environb.get(b"ZMQ_MONITOR_NATIVE_PASSWORD")
        if password:
            self.push.plain_username = b"zmq-monitor"
            self.push.plain_password = password
        self.push.connect(self.receiver)
        poller = zmq.Poller()
        due = 0.0
        try:
            while True:
                self.admit(poller)
                try:
                    ready = [pair for pair, _ in poller.poll(100)] if self.sources else time.sleep(0.1) or []
                    for pair in ready:
                        self.drain(pair, poller)
                except zmq.ContextTerminated:
                    for source in [source for source in self.sources.values() if source.has_ended()]:
                        self.send(source.header + [struct.pack("=Hi", zmq.EVENT_MONITOR_STOPPED, 0), b""])
                        self.remove(source.pair, poller)
                if time.monotonic() >= due:
                    due = time.monotonic() + HEARTBEAT_SECONDS
                    for source in self.sources.values():
                        self.send(source.heartbeat())
        finally:
            for source in self.sources.values():
                source.end()

    def admit(self, poller):
        while not self.arriving.empty():
            source = self.arriving.get()
            self.sources[source.pair] = source
            poller.register(source.pair, zmq.POLLIN)
            self.send(source.heartbeat())

    def drain(self, pair, poller):
        source = self.sources[pair]
        for _ in range(QUEUED_MESSAGES):
            try:
                frames = pair.recv_multipart(zmq.DONTWAIT)
            except zmq.Again:
                return
            source.events += 1
            self.send(source.header + frames)
            if struct.unpack_from("=H", frames[0])[0] == zmq.EVENT_MONITOR_STOPPED:
                self.remove(pair, poller)
                return

    def remove(self, pair, poller):
        poller.unregister(pair)
        del self.sources[pair]
        pair.close()

    def send(self, frames):
        try:
            self.push.send_multipart(frames, zmq.DONTWAIT)
        except zmq.Again:
            pass


def _demonstrate(receiver, name, kind, action, address):
    with zmq.Context() as context, context.socket(getattr(zmq, kind)) as socket:
        socket.linger = 0
        forward(socket, name, receiver)
        getattr(socket, action)(address)
        print("until the end of the input", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    _demonstrate(*sys.argv[1:])
