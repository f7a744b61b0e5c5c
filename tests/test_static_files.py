from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from interlock.server import static_files


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    (tmp_path / "built/assets").mkdir(parents=True)
    (tmp_path / "built/assets/map-1a2b.js").write_text("let a = 1;\n" * 1000)
    (tmp_path / "style.css").write_text("p {}\n")
    monkeypatch.setattr(static_files, "STATIC", tmp_path)
    monkeypatch.setattr(static_files, "MANIFEST", tmp_path / "built/manifest.json")
    return TestClient(static_files.static_files())


def test_script_named_by_its_content_is_compressed_and_kept(client: TestClient) -> None:
    answer = client.get("/built/assets/map-1a2b.js", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 1000 < len(answer.content)
    assert "immutable" in answer.headers["cache-control"]


def test_style_is_asked_for_again_and_answered_with_nothing_if_unchanged(client: TestClient) -> None:
    answer = client.get("/style.css")
    assert answer.headers["cache-control"] == "no-cache"
    assert client.get("/style.css", headers={"if-none-match": answer.headers["etag"]}).status_code == 304
