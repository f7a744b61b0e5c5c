"""A standalone cluster of Spark on loopback, started from pyspark's own scripts, and what is submitted to it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.ui.enabled": "false"}
PATIENCE = 120


def missing() -> str | None:
    """What isn't here that a cluster needs."""
    if find_spec("pyspark") is None:
        return "needs pyspark: make test-spark installs it"
    return None if shutil.which("java") else "needs Java 17"


@dataclass(frozen=True)
class Cluster:
    """The address of its master, a folder that all of it sees, and those in which each worker works."""

    master: str
    folder: Path
    workers: tuple[Path, ...]

    def submit(self, file: Path, *arguments: str, seconds: float = 600, **settings: str) -> subprocess.CompletedProcess[str]:
        """Submit a file, and wait until it is done."""
        given = (each for key, value in {**LOOPBACK, **settings}.items() for each in ("--conf", f"{key}={value}"))
        command = [str(_home() / "bin/spark-submit"), "--master", self.master, *given, str(file), *arguments]
        return subprocess.run(command, cwd=self.folder, env=_environment(self.folder), capture_output=True, text=True, timeout=seconds)


@contextmanager
def started(folder: Path, workers: int = 2, memory: str = "512m", options: str = "") -> Iterator[Cluster]:
    """A master and workers of one core each, as long as the block goes on. ``options`` are those of their Java machines."""
    running: list[subprocess.Popen[bytes]] = []

    def run(role: str, told: str, *arguments: str) -> str:
        """Start one, and wait until its log tells this."""
        log, name = folder / f"{role}{len(running)}.log", f"org.apache.spark.deploy.{role}.{role.capitalize()}"
        command = [str(_home() / "bin/spark-class"), name, "--host", "127.0.0.1", "--webui-port", "0", *arguments]
        environment = {**_environment(folder), "SPARK_DAEMON_JAVA_OPTS": options}
        with log.open("wb") as file:
            process = subprocess.Popen(command, env=environment, stdout=file, stderr=file, cwd=folder)
        running.append(process)
        until = time.monotonic() + PATIENCE
        while (found := re.search(told, log.read_text())) is None:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"no {told} in what the {role} tells: {log.read_text()}")
            time.sleep(0.1)
        return found[0]

    try:
        master = run("master", r"spark://127\.0\.0\.1:\d+", "--port", "0")
        places = tuple(folder / f"work{number}" for number in range(workers))
        for place in places:
            run("worker", "Successfully registered", "--cores", "1", "--memory", memory, "--work-dir", str(place), master)
        yield Cluster(master, folder, places)
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()


def _home() -> Path:
    """Where pyspark has its scripts."""
    found = find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def _environment(folder: Path) -> dict[str, str]:
    """Everything on loopback, and nothing written elsewhere than in this folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "JAVA_HOME") if name in os.environ}
    spark = {"SPARK_HOME": str(_home()), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder)}
    return {**kept, **spark, "PYSPARK_PYTHON": sys.executable}
