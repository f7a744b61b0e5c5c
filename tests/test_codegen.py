"""The README's way in for front ends: its configuration, its query and its answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from interlock.graph import Engine, load
from interlock.schema import Context, build_schema, print_schema
from interlock.server.persisted import read_manifest
from web import PACKAGES, needs_tools, run_tool

pytestmark = needs_tools
SECTION = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8").split("## A front end's way in")[1].split("\n## ")[0]
CONFIG, QUERY = re.findall(r"```ts\n(.*?)```", SECTION, re.DOTALL)
ANSWER = json.loads(re.findall(r"```json\n(.*?)```", SECTION, re.DOTALL)[0])
VARIABLES = json.loads(re.sub(r"(\w+): ", r'"\1": ', re.findall(r"await ask\(\w+, (.*)\);", QUERY)[0]))
STRICT = ("--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022", "--lib", "es2022,dom")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A front end's folder after graphql-codegen."""
    folder = tmp_path_factory.mktemp("front-end")
    (folder / "src").mkdir()
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "node_modules").symlink_to(PACKAGES)
    (folder / "schema.graphql").write_text(print_schema())
    (folder / "codegen.ts").write_text(CONFIG)
    (folder / "src/board.ts").write_text(QUERY)
    done = run_tool("codegen", cwd=folder)
    assert done.returncode == 0, done.stdout
    return folder


def check_types(project: Path, file: str) -> str:
    return run_tool("tsc", *STRICT, "--types", "", file, cwd=project).stdout


def test_the_compiler_accepts_what_the_readme_does_with_an_answer(project: Path) -> None:
    assert check_types(project, "src/board.ts") == ""


def test_the_compiler_refuses_a_field_that_was_not_asked_for(project: Path) -> None:
    (project / "src/wrong.ts").write_text(QUERY.replace("${path.status}", "${path.length}").replace('to: "Meta\'s board"', "too: 1"))
    said = check_types(project, "src/wrong.ts")
    assert "Property 'length' does not exist" in said
    assert "'too' does not exist" in said


def test_the_manifest_is_what_the_server_takes_and_its_document_answers_as_the_readme_says(project: Path) -> None:
    manifest = read_manifest(project / "src/gql/persisted-documents.json")
    (document,) = manifest.values()
    result = build_schema().execute_sync(document, variable_values=VARIABLES, context_value=Context(Engine(load())))
    assert not result.errors
    assert {"data": result.data} == ANSWER
