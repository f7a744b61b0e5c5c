"""The examples of the README are what really comes out."""

from __future__ import annotations

import doctest
import json
import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interlock.graph import Engine, load
from interlock.graph.additions import EXAMPLES
from interlock.graph.ask import FORMS
from interlock.schema import Context, build_schema
from interlock.schema.errors import CODES
from interlock.server.cli import cli
from interlock.server.settings import Settings

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")
CONSOLE = [block.split("\n", 1) for block in re.findall(r"```console\n\$ interlock (.*?)```", TEXT, re.DOTALL)]
ROW = r"^\| `([A-Z_]+)` \| (.+) \|$"
GRAPHQL = re.findall(r"```graphql\n(.*?)```\s*```json\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize(("command", "output"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_readme_command_prints_what_it_says(command: str, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert CliRunner().invoke(cli, shlex.split(command)).stdout.rstrip() == output.rstrip()


@pytest.mark.parametrize(("query", "answer"), GRAPHQL)
def test_readme_query_answers_what_it_says(query: str, answer: str) -> None:
    result = build_schema().execute_sync(query, context_value=Context(Engine(load())))
    assert not result.errors
    assert {"data": result.data} == json.loads(answer)


def test_readme_python_does_what_it_says() -> None:
    assert doctest.testfile(str(README), module_relative=False).failed == 0


def test_readme_dataset_is_in_order_and_answers_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "acme.trig"
    path.write_text(TEXT.split("```turtle\n")[1].split("```")[0], encoding="utf-8")
    assert CliRunner().invoke(cli, ["check", str(path)]).exit_code == 0
    answer = CliRunner().invoke(cli, ["paths", "Ann Example", "Acme", "--data", str(path), "--as-of", "2014"]).stdout
    assert "from 2011, end unknown, observed 2013-03; not certain at the time asked about" in answer


def test_readme_lists_every_error_code_as_the_code_has_it() -> None:
    assert dict(re.findall(ROW, TEXT.split("| code |")[1].split("\n\n")[0], re.MULTILINE)) == CODES


def test_readme_lists_every_setting_with_its_default() -> None:
    operations = (README.parent / "docs" / "operations.md").read_text(encoding="utf-8")
    tables = "\n".join(text.split("| setting |")[1].split("\n\n")[0] for text in (TEXT, operations))
    told = dict(re.findall(ROW, tables, re.MULTILINE))
    assert list(told) == [f"INTERLOCK_{field.name.upper()}" for field in fields(Settings)]
    for field in fields(Settings):
        said = {(): "the shipped graph", None: "none"}.get(field.default, str(field.default))
        said = "0" if field.default is False else said
        assert told[f"INTERLOCK_{field.name.upper()}"].split(" | ")[0].replace(",", "") == said


def test_readme_names_every_field_of_the_root() -> None:
    root = build_schema()._schema.query_type
    assert root
    assert all(re.search(rf"`{name}(?:\([^`]*\))?`", TEXT) for name in root.fields)


def test_readme_has_its_examples_and_names_all_that_is_understood() -> None:
    assert len(CONSOLE) + len(GRAPHQL) + TEXT.count("```python") == 13
    words = " ".join(TEXT.split())
    assert all(form in words for form in FORMS)
    assert all(example in words for example in EXAMPLES)
