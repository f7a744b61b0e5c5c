"""Property tests look for what is false, not for what is slow: they have no deadline."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("interlock", deadline=None, print_blob=True)
settings.load_profile("interlock")
