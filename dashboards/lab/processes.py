"""Processes that end with the one that started them, whatever happens."""

import ctypes
import pathlib
import random
import signal
import socket
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1


def free_ports(number):
    """Ports that nobody listens at now, all different.

    They are below those that the system gives to connections: those can be taken while a server is down, and a client
    that tries again and again can even be connected to itself there.
    """
    result = []
    while len(result) < number:
        port = random.randrange(16000, _first_ephemeral_port())
        if port not in result and is_free(port):
            result.append(port)
    return result


def is_free(port):
    with socket.socket() as candidate:
        try:
            candidate.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


def _first_ephemeral_port():
    try:
        return int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    except OSError:
        return 32768


def eventually(what, condition, seconds, alive=()):
    """Waits until the condition is true and returns what it returned. The processes have to live on meanwhile."""
    deadline = time.monotonic() + seconds
    last = None
    while True:
        for process in alive:
            process.require_alive()
        try:
            result = condition()
            if result:
                return result
        except OSError as ex:
            last = ex
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}" + (f" ({last})" if last else ""))
        time.sleep(0.5)


def end_with_signal():
    """Lets SIGTERM and SIGHUP unwind the stack, so that all is cleaned up."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, frame: sys.exit(128 + received))


class Process:
    """A process with its output in a file. Linux kills it even if this one is killed."""

    def __init__(self, name, command, directory):
        self.name = name
        self.log = pathlib.Path(directory) / f"{name}.log"
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                            preexec_fn=_die_with_parent)

    def require_alive(self):
        if self.process.poll() is not None:
            raise AssertionError(f"{self.name} has ended with {self.process.returncode}:\n{self.tail()}")

    def tail(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-25:])

    def kill(self):
        """Ends it as a crash would."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


def _die_with_parent():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
