"""Imports run one way: seeds ← graph ← schema ← server."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ("seeds", "graph", "schema", "server")
HTTP_AND_TERMINAL = {"click", "jinja2", "rich", "starlette", "typer", "uvicorn"}
FORBIDDEN = {"graph": HTTP_AND_TERMINAL | {"graphql", "strawberry"}, "schema": HTTP_AND_TERMINAL}


def imported(folder: str) -> set[str]:
    """All that a folder's modules import, wherever they do; ours as ``interlock.graph``, others by their top-level name."""
    nodes = [node for module in (ROOT / folder).rglob("*.py") for node in ast.walk(ast.parse(module.read_text()))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{folder} has a relative import of {node.module}; say interlock.{folder}"
            names |= {f"interlock.{alias.name}" for alias in node.names} if node.module == "interlock" else {str(node.module)}
    return {".".join(name.split(".")[: 2 if name.startswith("interlock.") else 1]) for name in names}


@pytest.mark.parametrize("folder", HOUSE)
def test_folder_imports_only_those_before_it(folder: str) -> None:
    allowed = {f"interlock.{name}" for name in HOUSE[: HOUSE.index(folder) + 1]}
    assert {name for name in imported(folder) if name.partition(".")[0] in {"interlock", *HOUSE}} <= allowed


def test_seeds_import_rdflib_only() -> None:
    assert imported("seeds") - sys.stdlib_module_names <= {"rdflib", "interlock.seeds"}


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_folder_knows_nothing_of_the_surfaces(folder: str) -> None:
    assert not imported(folder) & FORBIDDEN[folder]
