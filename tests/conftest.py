"""Property tests look for what is false, not for what is slow: they have no deadline. Under CI a run can be repeated exactly."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "interlock",
    deadline=None,
    print_blob=True,
    derandomize="CI" in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("interlock")

os.environ["INTERLOCK_CACHE"] = "off"  # what is tested is made by what is tested
os.environ.setdefault("INTERLOCK_SECONDS", "600")  # a slow machine is no reason for another answer
