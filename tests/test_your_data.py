"""The tutorial on one's own data: its files are written, its commands run, and they print what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interlock.graph.importers.formats import IMPORTERS
from interlock.server.cli import cli

PAGE = Path(__file__).parents[1] / "docs" / "your-data.md"
TEXT = PAGE.read_text(encoding="utf-8")
FILES = re.findall(r"`([\w.-]+\.\w+)`[^`]*:\n\n```\w+\n(.*?)```", TEXT, re.DOTALL)
BLOCKS = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)


def commands(block: str) -> list[tuple[str, str]]:
    """Each command of a block, and what it prints."""
    parts = re.split(r"^\$ interlock (.*)\n", block, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def test_page_prints_what_its_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    assert [name for name, _ in FILES] == ["suits.csv", "suits.toml", "form4.xml", "people.ftm.json"]
    for name, content in FILES:
        (tmp_path / name).write_text(content, encoding="utf-8")
    said = [each for block in BLOCKS for each in commands(block)]
    assert len(said) == 8
    for command, printed in said:
        result = CliRunner().invoke(cli, shlex.split(command))
        assert (result.exit_code, result.output.rstrip()) == (0, printed.rstrip()), command


def test_page_names_every_format() -> None:
    assert re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE) == list(IMPORTERS)
