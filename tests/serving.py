"""A real server, as ``interlock serve`` starts it, in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Served:
    """Its process id, its port, the port of its metrics (0 if there are none), and the file that it logs to."""

    pid: int
    port: int
    admin_port: int
    log: Path

    @property
    def resident_bytes(self) -> int:
        """How much memory it holds (Linux)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def served(folder: Path, *arguments: str, **settings: str) -> Iterator[Served]:
    """A server with these arguments and settings, until the end of the block; it logs to a file in the folder."""
    log = folder / "serve.log"
    environment = os.environ | {f"INTERLOCK_{name.upper()}": value for name, value in settings.items()}
    with log.open("wb") as told:
        command = (sys.executable, "-m", "interlock.server.cli", "serve", "--port", "0", *arguments)
        process = subprocess.Popen(command, stderr=told, env=environment)
    try:
        while not (found := re.search(r"GraphQL http://[^:]+:(\d+)", log.read_text())):
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
        admin = re.search(r"Metrics http://[^:]+:(\d+)", log.read_text())
        yield Served(process.pid, int(found[1]), int(admin[1]) if admin else 0, log)
    finally:
        process.terminate()
        process.wait()
