"""What is locked, as a CycloneDX bill of materials: the Python packages that run, and the npm packages that are built into the pages."""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)((?:.*\\\n)+.*--hash.*)", re.MULTILINE)
DIGESTS = {"sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512"}


def bill() -> dict[str, Any]:
    """CycloneDX 1.6. It has no date: the same locks give the same bill."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": project["name"], "version": project["version"]}},
        "components": [*python_packages(), *npm_packages()],
    }


def python_packages() -> Iterator[dict[str, Any]]:
    for name, version, hashes in PIN.findall((ROOT / "requirements.lock").read_text()):
        digests = [{"alg": "SHA-256", "content": each} for each in re.findall(r"sha256:([0-9a-f]{64})", hashes)]
        yield component(name, version, f"pkg:pypi/{name}@{version}", digests)


def npm_packages() -> Iterator[dict[str, Any]]:
    lock = json.loads((ROOT / "server/web/package-lock.json").read_text())
    seen = set()
    for path, package in lock["packages"].items():
        name = path.rpartition("node_modules/")[2]
        if path and not package.get("dev") and (name, package["version"]) not in seen:
            seen.add((name, package["version"]))
            digests = [digest(each) for each in package.get("integrity", "").split()]
            yield component(name, package["version"], f"pkg:npm/{quote(name)}@{package['version']}", digests)


def digest(integrity: str) -> dict[str, str]:
    algorithm, _, content = integrity.partition("-")
    return {"alg": DIGESTS[algorithm], "content": base64.b64decode(content).hex()}


def component(name: str, version: str, purl: str, hashes: list[dict[str, str]]) -> dict[str, Any]:
    """One package. A lock has the hashes of all its files; a component may have several."""
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "hashes": hashes}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(bill(), indent=1) + "\n")
    print(f"{len(bill()['components'])} components in {sys.argv[1]}")
