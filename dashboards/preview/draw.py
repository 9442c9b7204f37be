#!/usr/bin/env python3
"""Draws a preview of each dashboard from what record.py has recorded, with Chromium, and with pngquant if it is there.

    python3 -m preview.draw FILE [FOLDER]     (in the folder dashboards; writes docs/images/*.png if there is no FOLDER)
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from check import dashboards

from . import page

IMAGES = dashboards.GRAFANA.parent.parent / "docs" / "images"
COLORS = "64"


def screenshot(source, target, height):
    with tempfile.TemporaryDirectory(prefix="zmq-preview-") as profile:
        subprocess.run([
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
            f"--user-data-dir={profile}", f"--window-size={page.WIDTH},{height}", f"--screenshot={target}", source.as_uri(),
        ], check=True, capture_output=True, timeout=300)
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--strip", "--speed=1", "--output", target, COLORS, target], check=True)


def main(recorded, folder=IMAGES):
    record = json.loads(pathlib.Path(recorded).read_text())
    target = pathlib.Path(folder).resolve()
    target.mkdir(parents=True, exist_ok=True)
    for dashboard in dashboards.load():
        content, height = page.render(dashboard, record["dashboards"][dashboard["uid"]], record)
        with tempfile.TemporaryDirectory(prefix="zmq-preview-") as directory:
            source = pathlib.Path(directory) / "page.html"
            source.write_text(content)
            screenshot(source, target / f"{dashboard['uid']}.png", height)
        print(f"{dashboard['uid']}.png: {page.WIDTH} x {height}")


if __name__ == "__main__":
    main(*sys.argv[1:])
