from __future__ import annotations

import json
from pathlib import Path

from interlock.server.assets import Bundle, find_bundle

MANIFEST = {
    "_shared.js": {"file": "assets/shared-1.js", "name": "shared", "css": ["assets/shared-2.css"], "imports": ["_shared.js"]},
    "map/main.ts": {"file": "assets/map-3.js", "name": "map", "isEntry": True, "imports": ["_shared.js"], "css": ["assets/map-4.css"]},
    "map/lazy.ts": {"file": "assets/lazy-5.js", "name": "lazy", "isDynamicEntry": True},
}


def test_bundle_is_the_script_of_an_entry_with_all_its_styles(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(MANIFEST))
    assert find_bundle("map", manifest) == Bundle("built/assets/map-3.js", ("built/assets/shared-2.css", "built/assets/map-4.css"))
    assert find_bundle("lazy", manifest) is None


def test_nothing_built_is_no_bundle(tmp_path: Path) -> None:
    assert find_bundle("map", tmp_path / "manifest.json") is None
