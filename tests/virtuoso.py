"""A Virtuoso server of the test's own, on loopback, in a folder of its own, with a limit of rows that real ones have too."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SERVER, CLIENT = shutil.which("virtuoso-t"), shutil.which("isql-vt")
installed = pytest.mark.skipif(not SERVER or not CLIENT, reason="Virtuoso is not installed: apt-get install virtuoso-opensource-7-bin")
_PASSWORD = "dba"
_SECONDS = 60
_CONFIGURATION = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = {seconds}
"""


@contextmanager
def virtuoso(folder: Path, quads: Path, rows: int, seconds: int = 60, buffers: int = 4_000) -> Iterator[str]:
    """The address of an endpoint that has these N-Quads, and gives at most so many rows.

    What is in no graph there is in ``urn:default`` here, since Virtuoso has nothing outside of graphs.
    """
    assert SERVER
    ports = _free_ports()
    shutil.copy(quads, folder / "data.nq")
    wanted = {"port": ports[0], "http": ports[1], "rows": rows, "seconds": seconds, "buffers": buffers, "dirty": buffers * 3 // 4}
    (folder / "virtuoso.ini").write_text(_CONFIGURATION.format(**wanted))
    with (folder / "out.log").open("w") as log:
        server = subprocess.Popen([SERVER, "+configfile", "virtuoso.ini", "+foreground"], cwd=folder, stdout=log, stderr=log)
    try:
        _wait(server, folder)
        isql(ports[0], "log_enable(2, 1)", "DB.DBA.TTLP(file_open('data.nq'), '', 'urn:default', 512)", seconds=max(seconds, 600))
        yield f"http://127.0.0.1:{ports[1]}/sparql"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def isql(port: int, *statements: str, seconds: int = 600) -> None:
    """Have the server carry out statements in one session."""
    assert CLIENT
    command = [CLIENT, f"127.0.0.1:{port}", "dba", _PASSWORD, "ERRORS=STDOUT", f"exec={'; '.join(statements)};"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    assert not done.returncode, done.stdout
    assert "Error" not in done.stdout, done.stdout


def _free_ports() -> list[int]:
    sockets = [socket.socket(), socket.socket()]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + _SECONDS
    while "Server online" not in (log := (folder / "out.log").read_text(errors="replace")):
        assert server.poll() is None, log
        assert time.monotonic() < until, log
        time.sleep(0.1)
