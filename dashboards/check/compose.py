"""What can be said of the files for Docker Compose without a Docker engine."""

import pathlib
import re
import shutil
import tempfile

from .commands import DASHBOARDS, complaints

FOLDER = DASHBOARDS / "compose"

# Built by Maven, so that it is not there in a fresh checkout.
BUILT = ".jar"


def problems():
    return [*complaints("amtool", "check-config", FOLDER / "alertmanager.yml"), *_prometheus(), *_services()]


def _prometheus():
    """The configuration, with the rules beside it as Compose mounts them."""
    with tempfile.TemporaryDirectory() as directory:
        shutil.copy(FOLDER / "prometheus.yml", directory)
        shutil.copy(DASHBOARDS / "prometheus" / "zmq-rules.yml", directory)
        return complaints("promtool", "check", "config", "--lint=all", "--lint-fatal", pathlib.Path(directory) / "prometheus.yml")


def _services():
    try:
        import yaml
    except ImportError:
        return ["python3-yaml is not installed"]
    found = []
    files = {path: yaml.safe_load(path.read_text()) for path in sorted(FOLDER.rglob("*.y*ml"))}
    services = files[FOLDER / "compose.yaml"]["services"]
    mounts = [volume.split(":") for service in services.values() for volume in service["volumes"]]
    for source, target, _ in mounts:
        if not source.endswith(BUILT) and not (FOLDER / source).exists():
            found.append(f"compose.yaml mounts {source}, which does not exist")
        if source.endswith(BUILT) and not source.endswith(f"-{_version()}{BUILT}"):
            found.append(f"compose.yaml mounts {source}, but the version is {_version()}")
    targets = {target for _, target, _ in mounts}
    for provider in files[FOLDER / "grafana/provisioning/dashboards/zeromq.yaml"]["providers"]:
        if not any(target.startswith(provider["options"]["path"] + "/") for target in targets):
            found.append(f"nothing is mounted at {provider['options']['path']}")
    for host in _hosts(files):
        if host not in services:
            found.append(f"{host} is no service")
    return found


def _version():
    pom = (DASHBOARDS.parent / "sample-app" / "pom.xml").read_text()
    return re.search(r"<version>(.+?)</version>", pom).group(1)


def _hosts(files):
    """The names by which the configurations look for services."""
    prometheus = files[FOLDER / "prometheus.yml"]
    configs = prometheus["scrape_configs"] + prometheus["alerting"]["alertmanagers"]
    yield from (target.split(":")[0] for config in configs
                for group in config["static_configs"] for target in group["targets"])
    for source in files[FOLDER / "grafana/provisioning/datasources/prometheus.yaml"]["datasources"]:
        yield source["url"].split("//")[1].split(":")[0]
