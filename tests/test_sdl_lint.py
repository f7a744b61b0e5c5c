from __future__ import annotations

from pathlib import Path

from web import needs_tools, run_tool

pytestmark = needs_tools
CONFIG = ("--config", "server/web/eslint.config.js")


def test_schema_is_as_graphql_eslint_would_have_it() -> None:
    done = run_tool("eslint", *CONFIG, "schema/schema.graphql")
    assert (done.returncode, done.stdout) == (0, "")


def test_lint_finds_what_is_amiss(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema/schema.graphql").write_text(
        "type Query { things: [thing!]! page: ThingConnection }\ntype thing { name: Int }\ntype ThingConnection { a: Int }"
    )
    (tmp_path / "eslint.config.js").symlink_to(Path(__file__).parent.parent / "server/web/eslint.config.js")
    done = run_tool("eslint", "schema/schema.graphql", cwd=tmp_path)
    assert done.returncode == 1
    for rule in ("require-description", "naming-convention", "strict-id-in-types", "relay-connection-types", "relay-arguments"):
        assert f"@graphql-eslint/{rule}" in done.stdout
