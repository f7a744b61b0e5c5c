"""A server as it is run: what signals do to it, and what is left of it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest

DATA = """
@prefix entity: <https://interlock.example/entity/> .
@prefix schema: <https://schema.org/> .
entity:{name} a schema:Corporation ; schema:name "{name}" .
"""
COUNT = '{"query": "{ entities { totalCount } }"}'


class Server:
    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address
        self.client = httpx.Client(base_url=f"http://{address}", trust_env=False, timeout=300)

    def until(self, said: str) -> str:
        """What ``/readyz`` says once it says this."""
        end = time.monotonic() + 180
        while said not in (text := self.client.get("/readyz").text):
            assert time.monotonic() < end, text
            time.sleep(0.02)
        return text


def serving(folder: Path, **settings: str) -> AbstractContextManager[Server]:
    return started("--data", str(folder), **settings)


@contextmanager
def started(*options: str, **settings: str) -> Iterator[Server]:
    """A server with these options of ``serve``."""
    environment = os.environ | {"INTERLOCK_WORKERS": "1", "INTERLOCK_DRAIN": "0.3", "INTERLOCK_LOG": "off"} | settings
    command = [sys.executable, "-m", "interlock.server.cli", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        try:
            address = next(line for line in process.stderr if "Open" in line).split("http://")[1].strip(" /\n")
            server = Server(process, address)
            with server.client:
                yield server
        finally:
            process.kill()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data.ttl").write_text(DATA.format(name="acme"))
    return tmp_path


def workers_of(process_id: int) -> list[int]:
    """The processes that a process has started."""
    return [int(each) for each in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()]


def test_hangup_loads_the_data_anew_and_what_is_bad_is_not_served(folder: Path) -> None:
    with serving(folder) as server:
        first = server.until("ok")
        (folder / "more.ttl").write_text(DATA.format(name="other"))
        server.process.send_signal(signal.SIGHUP)
        end = time.monotonic() + 60
        while (second := server.client.get("/readyz").text) == first:
            assert time.monotonic() < end
        assert server.client.post("/graphql", content=COUNT, headers={"content-type": "application/json"}).json()["data"] == {
            "entities": {"totalCount": 2}
        }
        (folder / "more.ttl").write_text("nonsense")
        server.process.send_signal(signal.SIGHUP)
        assert server.until("newer data were refused").startswith(second)


def test_watched_data_are_loaded_anew_when_they_change(folder: Path) -> None:
    with serving(folder, INTERLOCK_WATCH="1") as server:
        first = server.until("ok")
        time.sleep(0.5)  # else it may be what the watch sees first
        (folder / "more.ttl").write_text(DATA.format(name="other"))
        end = time.monotonic() + 60
        while server.client.get("/readyz").text == first:
            assert time.monotonic() < end
            time.sleep(0.05)


def test_server_that_is_told_to_end_says_so_answers_what_was_asked_and_ends_well(folder: Path) -> None:
    with serving(folder) as server:
        server.until("ok")
        host, port = server.address.split(":")
        with socket.create_connection((host, int(port)), timeout=60) as asking:
            head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(COUNT)}\r\n\r\n"
            asking.sendall(head.encode() + COUNT[:10].encode())
            workers = workers_of(server.process.pid)
            server.process.send_signal(signal.SIGTERM)
            server.until("stopping")
            time.sleep(0.6)  # by now no new connections are taken
            asking.sendall(COUNT[10:].encode())
            answer = b"".join(iter(lambda: asking.recv(65_536), b""))
            assert answer.startswith(b"HTTP/1.1 200"), answer
            assert b'"totalCount":1' in answer
        assert server.process.wait(60) == 0
        assert workers
        assert not any(Path(f"/proc/{each}").exists() for each in workers)


def test_server_whose_new_data_never_come_serves_on_and_ends_when_told(folder: Path) -> None:
    with serving(folder / "data.ttl") as server:
        first = server.until("ok")
        (folder / "data.ttl").rename(folder / "before.ttl")
        os.mkfifo(folder / "data.ttl")
        server.process.send_signal(signal.SIGHUP)
        pipe = os.open(folder / "data.ttl", os.O_WRONLY)  # comes back when the server has opened it to read
        assert server.client.get("/readyz").text == first
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0
        os.close(pipe)


def test_interrupted_server_ends_at_once_and_well(folder: Path) -> None:
    with serving(folder, INTERLOCK_DRAIN="1000") as server:
        server.until("ok")
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(60) == 0


def test_workers_of_a_server_that_was_killed_end_too(folder: Path) -> None:
    with serving(folder) as server:
        server.until("ok")
        (worker,) = workers_of(server.process.pid)
        server.process.kill()
        end = time.monotonic() + 60
        while Path(f"/proc/{worker}").exists():
            assert time.monotonic() < end
            time.sleep(0.02)
