"""The TypeScript of server/web."""

from __future__ import annotations

from pathlib import Path

from web import PACKAGES, ROOT, needs_tools, run_tool


@needs_tools
def test_pages_are_of_sound_types() -> None:
    done = run_tool("tsc", "--noEmit", "--project", "server/web")
    assert (done.returncode, done.stdout) == (0, "")


@needs_tools
def test_compiler_is_strict(tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(PACKAGES)
    (tmp_path / "tsconfig.json").write_text((ROOT / "server/web/tsconfig.json").read_text())
    (tmp_path / "loose.ts").write_text("export const first = (list: string[]): string => list[0];\n")
    assert "'string | undefined' is not assignable to type 'string'" in run_tool("tsc", "--noEmit", cwd=tmp_path).stdout


def test_nothing_that_is_committed_names_a_registry() -> None:
    files = [path for path in (ROOT / "server/web").rglob("*") if path.is_file() and PACKAGES not in path.parents]
    assert not [path for path in (*files, ROOT / "setup.py", ROOT / "Makefile") if "registry." in path.read_text(encoding="utf-8")]
