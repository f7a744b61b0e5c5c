"""Real Redis servers on loopback: a cluster of three masters and three replicas, or one server; ended in all cases."""

from __future__ import annotations

import atexit
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest

TIMEOUT = 1000
"""Milliseconds after which the nodes of the cluster take one of them for lost."""


SECRET = "pass/w:rd"


class Server:
    """One server; ``start`` it again after ``kill``, empty. One that is ``guarded`` speaks TLS only, and only with who knows the secret."""

    def __init__(self, folder: Path, clustered: bool, guarded: bool = False) -> None:
        self.port, bus = _free_ports()
        self.folder = folder / str(self.port)
        self.folder.mkdir()
        self.process: subprocess.Popen[bytes] | None = None
        cluster = ["--cluster-enabled", "yes", "--cluster-port", str(bus), "--cluster-node-timeout", str(TIMEOUT)]
        cluster += ["--cluster-config-file", "nodes.conf", "--repl-diskless-sync-delay", "0", "--cluster-replica-validity-factor", "0"]
        self._options = cluster if clustered else []
        self.words, self.certificate = list[str](), folder / "certificate.pem"
        if guarded:
            _certify(folder, self.certificate)
            tls = ["--tls-cert-file", str(self.certificate), "--tls-key-file", str(folder / "key.pem"), "--tls-auth-clients", "no"]
            tls += ["--tls-ca-cert-file", str(self.certificate), "--tls-replication", "yes", "--tls-cluster", "yes"]
            self._options += ["--port", "0", "--tls-port", str(self.port), *tls, "--requirepass", SECRET, "--masterauth", SECRET]
            self.words = ["--tls", "--cacert", str(self.certificate), "--no-auth-warning", "-a", SECRET]

    def start(self) -> None:
        for copy in self.folder.glob("*.rdb"):  # of its master, from when it was a replica
            copy.unlink()
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command += ["--dir", str(self.folder), "--enable-debug-command", "local", *self._options]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: self.cli("PING") == "PONG")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def cli(self, *words: str) -> str:
        return subprocess.run(
            ["redis-cli", "-p", str(self.port), *self.words, *words], capture_output=True, text=True, timeout=30
        ).stdout.strip()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"


class Cluster:
    """Three masters and three replicas."""

    def __init__(self, folder: Path, guarded: bool = False) -> None:
        self.servers = [Server(folder, clustered=True, guarded=guarded) for _ in range(6)]

    def start(self) -> None:
        for server in self.servers:
            server.start()
        addresses = [f"127.0.0.1:{server.port}" for server in self.servers]
        command = ["redis-cli", *self.servers[0].words, "--cluster", "create", *addresses, "--cluster-replicas", "1", "--cluster-yes"]
        made = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert made.returncode == 0, made.stdout + made.stderr
        self.until_whole()

    def kill(self) -> None:
        for server in self.servers:
            server.kill()

    def restart(self) -> None:
        """Start again whatever is down, empty, and make one cluster of all."""
        for server in self.servers:
            if server.process is None:
                server.start()
        self.until_whole()

    def until_whole(self) -> None:
        """Wait until all know of three masters and three replicas that have caught up."""
        until(lambda: all("cluster_state:ok" in server.cli("CLUSTER", "INFO") for server in self.servers))
        until(lambda: len(self.masters) == 3 and all("master_link_status:up" in each.cli("INFO", "replication") for each in self.replicas))
        until(lambda: all(server.cli("CLUSTER", "NODES").count("fail") == 0 for server in self.servers))

    @property
    def url(self) -> str:
        return self.servers[0].url

    @property
    def masters(self) -> list[Server]:
        return [server for server in self.servers if "role:master" in server.cli("INFO", "replication")]

    @property
    def replicas(self) -> list[Server]:
        return [server for server in self.servers if "role:slave" in server.cli("INFO", "replication")]

    def node_id(self, server: Server) -> str:
        return server.cli("CLUSTER", "MYID")

    def flush(self) -> None:
        for server in self.masters:
            server.cli("FLUSHALL")
            server.cli("FUNCTION", "FLUSH")


T = TypeVar("T", Cluster, Server)


def cluster() -> AbstractContextManager[Cluster]:
    """A cluster that is whole."""
    return _running(Cluster)


def guarded_cluster() -> AbstractContextManager[Cluster]:
    """A cluster that speaks TLS only, and only with who knows the secret."""
    return _running(lambda folder: Cluster(folder, guarded=True))


def one() -> AbstractContextManager[Server]:
    """One server."""
    return _running(lambda folder: Server(folder, clustered=False))


@contextmanager
def _running(make: Callable[[Path], T]) -> Iterator[T]:
    """Something that is started, and killed whatever happens."""
    with _folder() as folder:
        made = make(folder)
        atexit.register(made.kill)
        try:
            made.start()
            yield made
        finally:
            made.kill()
            atexit.unregister(made.kill)


@contextmanager
def _folder() -> Iterator[Path]:
    if shutil.which("redis-server") is None or shutil.which("redis-cli") is None:
        pytest.skip("no redis-server here; on Debian: apt-get install redis-server")
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _certify(folder: Path, certificate: Path) -> None:
    """A certificate for 127.0.0.1 that vouches for itself, with its key beside it."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here; on Debian: apt-get install openssl")
    if not certificate.exists():
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
        command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"), "-out", str(certificate)]
        subprocess.run(command, check=True, capture_output=True)


def until(true: object, seconds: float = 180.0) -> None:
    """Wait until this is true."""
    assert callable(true)
    end = time.monotonic() + seconds
    while True:
        with suppress(subprocess.TimeoutExpired):
            if true():
                return
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)


def _free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]
