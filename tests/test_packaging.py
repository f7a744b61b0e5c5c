"""What is on disk is what is packaged, and what is locked is what is installed."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("graph", "schema", "seeds", "server")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock", "requirements-spark.lock")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pins(lock: str) -> dict[str, str]:
    """``name==version`` → its hashes, as one string."""
    requirements = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    return {text.split()[0]: text.partition("\\\n")[2] for text in requirements}


def test_packages_are_the_folders_that_hold_python() -> None:
    modules = [module.relative_to(ROOT) for folder in FOLDERS for module in (ROOT / folder).rglob("*.py")]
    folders = {".".join(("interlock", *module.parent.parts)) for module in modules if "node_modules" not in module.parts}
    assert sorted(folders) == PYPROJECT["tool"]["setuptools"]["packages"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_folders_are_mapped_and_typed(folder: str) -> None:
    assert PYPROJECT["tool"]["setuptools"]["package-dir"][f"interlock.{folder}"] == folder
    assert (ROOT / folder / "py.typed").is_file()


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_pin_every_requirement_by_hash_and_name_no_registry(lock: str) -> None:
    assert all("==" in requirement and "--hash=sha256:" in hashes for requirement, hashes in pins(lock).items())
    assert not re.search(r"://|^--", (ROOT / lock).read_text(), re.MULTILINE)


def test_sdist_holds_the_sources_of_the_pages_and_nothing_installed_or_built(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "setup.py", "--quiet", "egg_info", "--egg-base", tmp_path, "sdist", "--formats", "tar", "--dist-dir", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with tarfile.open(next(tmp_path.glob("*.tar"))) as sdist:
        packed = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"setup.py", "server/web/.npmrc", "server/web/package-lock.json", "server/web/console/main.tsx"} <= packed
    assert not [name for name in packed if "node_modules" in name or name.startswith("server/static/built")]


def test_locks_agree() -> None:
    runtime, dev, *_ = map(pins, LOCKS)
    assert runtime == {requirement: dev.get(requirement) for requirement in runtime}


def test_runtime_lock_holds_every_dependency() -> None:
    locked = {requirement.partition("==")[0] for requirement in pins("requirements.lock")}
    wanted = PYPROJECT["project"]["dependencies"] + PYPROJECT["build-system"]["requires"]
    assert {re.split(r"[^\w-]", requirement)[0] for requirement in wanted} <= locked
