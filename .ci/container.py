"""Does what the Containerfile says, in a folder instead of a container, and runs what it would run: ``python .ci/container.py FOLDER``.

Its absolute paths are taken below the folder; of the first stage nothing is left but what the second copies. Then it has to serve, be
found healthy, write nothing, and end with 0 when it is told to.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
PORT: Final = "8000"
"""That of the Containerfile; here another may be free."""


def main(folder: Path) -> None:
    stages = [part.strip().splitlines() for part in (ROOT / "Containerfile").read_text(encoding="utf-8").split("\nFROM ")[1:]]
    build, run = ([line.partition(" ")[::2] for line in stage[1:]] for stage in stages)
    (where,) = (text for word, text in build if word == "WORKDIR")
    source = below(folder, where)
    for word, text in build:
        match word:
            case "COPY":
                copy_sources(source)
            case "RUN":
                print(f"RUN {text}", flush=True)
                command = re.sub(r"^python\b", shlex.quote(sys.executable), re.sub(r"(?<=\s)/(?=\w)|^/(?=\w)", f"{folder}/", text))
                subprocess.run(["sh", "-ec", command], cwd=source, check=True, stdout=subprocess.DEVNULL)
    kept = [text.split()[1:] for word, text in run if word == "COPY"]
    assert all(here == there for here, there in kept), "an environment works where it was made"
    keep(folder, [below(folder, here) for here, _ in kept])
    serve(folder, dict(run))


def below(folder: Path, path: str) -> Path:
    return folder / path.lstrip("/")


def copy_sources(to: Path) -> None:
    """What git has, as a container's builder would get of a fresh checkout."""
    to.mkdir(parents=True)
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, to / name)


def keep(folder: Path, kept: list[Path]) -> None:
    """Remove what is in the folder, but these and what they are in."""
    for each in folder.iterdir():
        if not any(path.is_relative_to(each) for path in kept):
            shutil.rmtree(each) if each.is_dir() else each.unlink()


def serve(folder: Path, said: dict[str, str]) -> None:
    """Run it as a container would, with its environment and nothing else."""
    words = json.loads(said["ENTRYPOINT"]) + json.loads(said["CMD"])
    given = dict(each.split("=", 1) for each in said["ENV"].split()) | {"INTERLOCK_HOST": "127.0.0.1", "INTERLOCK_PORT": "0"}
    before = files(folder)
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen([below(folder, words[0]), *words[1:]], cwd="/", env=given, stderr=log) as server,
    ):
        try:
            port = listening(server, log)
            healthy = [each.replace(PORT, port) for each in json.loads(said["HEALTHCHECK"].removeprefix("CMD "))]
            subprocess.run([below(folder, healthy[0]), *healthy[1:]], check=True, env=given)
            server.terminate()
            assert server.wait(60) == 0, "it ends well"
        finally:
            server.kill()
    assert files(folder) == before, "nothing is written"
    print("What the Containerfile builds serves, is healthy, writes nothing, and ends when told.")


def files(folder: Path) -> list[Path]:
    """All, but what Numba has compiled, which it keeps where it may: in a container that is read-only it may not."""
    return sorted(each for each in folder.rglob("*") if each.suffix not in (".nbi", ".nbc"))


def listening(server: subprocess.Popen[bytes], log: object) -> str:
    """The port, once it serves."""
    for _ in range(600):
        told = os.pread(log.fileno(), 1 << 16, 0).decode()  # type: ignore[attr-defined]
        if found := re.search(r"GraphQL http://[^:]+:(\d+)", told):
            return found[1]
        assert server.poll() is None, told
        time.sleep(0.1)
    raise TimeoutError(told)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
