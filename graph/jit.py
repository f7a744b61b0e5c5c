"""The kernels, compiled by Numba once they are; until then, and for small graphs, the same source as plain Python.

Compiling takes some seconds the first time and a fraction of one from Numba's cache, so nobody waits for it: a large graph starts it in the
background, and questions are answered by the interpreted kernels meanwhile.
"""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Callable
from functools import cache
from types import FunctionType, ModuleType
from typing import Any, Final

COMPILE_FROM: Final = 50_000
"""From how many relationships on it is worth importing Numba."""


@cache
def interpreted() -> ModuleType:
    """The kernels as plain Python."""
    from interlock.graph import kernels

    return kernels


class Compiled:
    """The compiled kernels, made in the background by whoever asks first."""

    def __init__(self) -> None:
        self._module: ModuleType | None = None
        self._lock = threading.Lock()
        self._maker: threading.Thread | None = None

    def module(self, warm: Callable[[ModuleType], object]) -> ModuleType | None:
        """The kernels if they are compiled; None while they are being made. ``warm`` calls what is to be compiled."""
        if self._module is None and self._maker is None:
            with self._lock:
                if self._maker is None:
                    self._maker = threading.Thread(target=self.make, args=(warm,), name="interlock-compiler", daemon=True)
                    self._maker.start()
        return self._module

    def make(self, warm: Callable[[ModuleType], object]) -> ModuleType:
        """Compile now."""
        module = _compile()
        warm(module)
        self._module = module
        return module


COMPILED: Final = Compiled()


def _compile() -> ModuleType:
    """A second copy of the kernels' module, whose functions are Numba's."""
    import numba

    plain = interpreted()
    assert plain.__file__ is not None
    spec = importlib.util.spec_from_file_location("interlock.graph.compiled_kernels", plain.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where Numba looks for it when it reads its cache
    spec.loader.exec_module(module)
    functions: dict[str, Any] = {
        name: numba.njit(cache=True, nogil=True, boundscheck=False, error_model="numpy", _nrt=name in module.ALLOCATING)(made)
        for name, made in vars(module).items()
        if isinstance(made, FunctionType) and made.__module__ == module.__name__
    }
    vars(module).update(functions)
    return module
