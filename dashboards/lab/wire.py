"""A second machine on a wire of its own, that can be cut: a network namespace of Linux with a virtual cable to this one."""

import contextlib
import ctypes
import os
import socket
import subprocess

CLONE_NEWNET = 0x40000000

# Nobody has this address of a network card: what is sent there is lost.
NOWHERE = "02:00:00:00:de:ad"


class Wire:
    """Made when entered, gone when left. Raises OSError where that isn't possible."""

    def __init__(self):
        self.name = f"zmlab{os.getpid()}"
        self.near, self.far = f"zl{os.getpid()}a", f"zl{os.getpid()}b"
        # A range that is set aside for tests of networks.
        prefix = f"198.19.{os.getpid() % 250}"
        self.here, self.there = f"{prefix}.1", f"{prefix}.2"

    def __enter__(self):
        try:
            _ip("netns", "add", self.name)
            _ip("link", "add", self.near, "type", "veth", "peer", "name", self.far, "netns", self.name)
            _ip("address", "add", f"{self.here}/30", "dev", self.near)
            _ip("link", "set", self.near, "up")
            _ip("-n", self.name, "address", "add", f"{self.there}/30", "dev", self.far)
            _ip("-n", self.name, "link", "set", self.far, "up")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *ignored):
        for command in (["netns", "delete", self.name], ["link", "delete", self.near]):
            with contextlib.suppress(OSError):
                _ip(*command)

    def socket(self):
        """A socket of the other machine."""
        with open("/proc/thread-self/ns/net", "rb") as home, open(f"/run/netns/{self.name}", "rb") as away:
            _enter(away)
            try:
                return socket.socket()
            finally:
                _enter(home)

    def cut(self):
        """From now on nothing that is sent to the other machine arrives, and nobody says so."""
        _ip("neighbour", "replace", self.there, "lladdr", NOWHERE, "dev", self.near)

    def mend(self):
        _ip("neighbour", "delete", self.there, "dev", self.near)


def _enter(namespace):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace.fileno(), CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def _ip(*arguments):
    result = subprocess.run(["ip", *arguments], capture_output=True, text=True)
    if result.returncode:
        raise OSError(f"ip {' '.join(arguments)}: {result.stderr.strip()}")
