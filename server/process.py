"""How a process that serves is set up, so that no request waits long for another."""

from __future__ import annotations

import gc
import sys
from typing import Final

_SWITCH_INTERVAL: Final = 0.0001
"""Seconds after which a thread that makes others wait has to let them."""
_THRESHOLDS: Final = (10_000, 100, 1_000)
"""How many objects more there are, and how many smaller collections were made, before the garbage collector looks at the younger, the
middle-aged and all objects. The last stops everybody for a tenth of a second, and finds next to nothing."""


def settle() -> None:
    """Call this when all is loaded, and when all was loaded anew: what is there by then the garbage collector leaves alone."""
    sys.setswitchinterval(_SWITCH_INTERVAL)
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
