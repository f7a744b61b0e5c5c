from __future__ import annotations

import json
import subprocess
import sys

SET_UP = """
import gc, json, sys
from interlock.server.process import settle
settle()
print(json.dumps([gc.get_freeze_count(), gc.get_threshold()[2], sys.getswitchinterval()]))
"""


def test_settle_leaves_what_is_loaded_alone_and_lets_threads_take_turns() -> None:
    frozen, whole, interval = json.loads(subprocess.run([sys.executable, "-c", SET_UP], capture_output=True, check=True).stdout)
    assert frozen > 1000
    assert whole > 100, "whole collections are rare"
    assert interval < 0.001
