"""A server's side and two clients' sides of the sample, scraped by Prometheus, with an Alertmanager.

A second server can stand beside them, at ports of its own, with no clients but those that come to it.
"""

import itertools
import json
import pathlib
import shutil
import tempfile
import time
import urllib.request

from .processes import Process, eventually, free_ports, is_free
from .prometheus import Prometheus

DASHBOARDS = pathlib.Path(__file__).resolve().parent.parent
SAMPLE = DASHBOARDS.parent / "sample-app" / "target"

SERVER_JOB = "zmq-sample-server"
CLIENT_JOB = "zmq-sample-client"
SCRAPE_SECONDS = 2

OPTIONS = ["-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"]


class Lab:
    """Starts everything at free ports when entered, ends everything when left."""

    def __init__(self, java="java", second_server=False):
        self.java = java
        self.second_server = second_server
        self.processes = []

    def __enter__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="zmq-lab-"))
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *ignored):
        for process in reversed(self.processes):
            process.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _start(self):
        http = free_ports(6)
        self.server_port, self.second_server_port, *self.client_ports = http[:4]
        prometheus_port, alertmanager_port = http[4:]
        names = ("order", "price", "vault", "tick", "quote")
        ports = free_ports(2 * len(names))
        self.sample_ports = dict(zip(names, ports))
        self.second_sample_ports = dict(zip(names, ports[len(names):]))
        self.invoice_name, second_invoice_name = free_ipc_names(2)
        self.jar = sample_jar()
        self.start_server()
        if self.second_server:
            self._sample("server-2", "server", self.second_server_port, java=newest_java(),
                         ports=self.second_sample_ports, invoice_name=second_invoice_name)
        self.clients = [self._sample(f"client-{index}", "client", port)
                        for index, port in enumerate(self.client_ports, 1)]
        self.alertmanager_url = f"http://127.0.0.1:{alertmanager_port}"
        self.alertmanager = self._process("alertmanager", [
            "prometheus-alertmanager", f"--config.file={DASHBOARDS / 'compose' / 'alertmanager.yml'}",
            f"--storage.path={self.directory / 'alertmanager'}", f"--web.listen-address=127.0.0.1:{alertmanager_port}",
            "--cluster.listen-address=", "--log.level=warn"])
        config = self.directory / "prometheus.yml"
        config.write_text(self._prometheus_config(alertmanager_port))
        self.prometheus = Prometheus(f"http://127.0.0.1:{prometheus_port}")
        self.prometheus_process = self._process("prometheus", [
            "prometheus", f"--config.file={config}", f"--storage.tsdb.path={self.directory / 'prometheus'}",
            f"--web.listen-address=127.0.0.1:{prometheus_port}", "--log.level=warn"])
        self.wait("all targets are up", self._all_up, 600)
        self.since = time.time()

    def _prometheus_config(self, alertmanager_port):
        def job(name, ports):
            targets = ", ".join(f'"127.0.0.1:{port}"' for port in ports)
            return (f"  - job_name: {name}\n    metrics_path: /actuator/prometheus\n"
                    f"    static_configs:\n      - targets: [{targets}]\n")

        return (f"global:\n  scrape_interval: {SCRAPE_SECONDS}s\n"
                f"rule_files: ['{DASHBOARDS / 'prometheus' / 'zmq-rules.yml'}']\n"
                f"alerting:\n  alertmanagers:\n    - static_configs:\n        - targets: ['127.0.0.1:{alertmanager_port}']\n"
                "scrape_configs:\n" + job(SERVER_JOB, self.server_ports()) + job(CLIENT_JOB, self.client_ports))

    def server_ports(self):
        return [self.server_port, self.second_server_port] if self.second_server else [self.server_port]

    def ports(self):
        return [*self.server_ports(), *self.client_ports]

    def _all_up(self):
        targets = self.prometheus.targets()
        return len(targets) == len(self.ports()) and all(target["health"] == "up" for target in targets)

    def _process(self, name, command):
        process = Process(name, command, self.directory)
        self.processes.append(process)
        return process

    def _sample(self, name, profile, port, java=None, ports=None, invoice_name=None):
        options = [f"--sample.{key}-port={value}" for key, value in (ports or self.sample_ports).items()]
        return self._process(name, [java or self.java, *OPTIONS, str(self.jar), f"--spring.profiles.active={profile}",
                                    f"--server.port={port}", f"--sample.invoice-name={invoice_name or self.invoice_name}",
                                    *options])

    def start_server(self):
        self.server = self._sample("server", "server", self.server_port)

    def kill_server(self):
        self.server.kill()
        self.processes.remove(self.server)

    def wait(self, what, condition, seconds):
        """Waits for a condition, as long as all processes live."""
        return eventually(what, condition, seconds, self.processes)

    def scrape(self, port):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/actuator/prometheus", timeout=60) as response:
            return response.read().decode()

    def alerts(self):
        """The active alerts that Alertmanager knows, as their labels."""
        with urllib.request.urlopen(f"{self.alertmanager_url}/api/v2/alerts?active=true", timeout=60) as response:
            return [alert["labels"] for alert in json.load(response)]

    def logs(self):
        return "\n".join(f"== {process.name}\n{process.tail()}" for process in self.processes)


def newest_java():
    """A Java that counts bytes, since it can ask the kernel by netlink, if there is one; otherwise that of the path."""
    return next((str(java) for java in sorted(pathlib.Path("/usr/lib/jvm").glob("*25*/bin/java"))), "java")


def free_ipc_name():
    return free_ipc_names(1)[0]


def free_ipc_names(number):
    """JeroMQ makes a port of an ipc name. These are free, all different, and below those that the system gives to connections."""
    ports = {}
    for name, port in _ipc_names():
        if 16000 <= port < 32000 and is_free(port):
            ports.setdefault(port, name)
        if len(ports) == number:
            return list(ports.values())
    raise AssertionError


def _ipc_names():
    """Pairs of a name and its port."""
    for number in itertools.count(int(time.time()) % 10000):
        name = f"invoices-{number}"
        code = 0
        for character in name:
            code = (31 * code + ord(character)) & 0xFFFFFFFF
        signed = code - (1 << 32) if code >> 31 else code
        yield name, 10000 + abs(signed) % 55536


def sample_jar():
    jars = [jar for jar in sorted(SAMPLE.glob("zmq-monitor-sample-app-*.jar"))
            if not jar.stem.endswith(("-sources", "-javadoc"))]
    if not jars:
        raise SystemExit(f"there is no jar of the sample in {SAMPLE}: mvn -pl sample-app -am -DskipTests package")
    return jars[0]
