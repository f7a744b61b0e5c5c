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
from types import FunctionType, SimpleNamespace
from typing import Any, Final, NamedTuple

COMPILE_FROM: Final = 50_000
"""From how many relationships on it is worth importing Numba."""
_MODULES: Final = ("hops", "spread", "balls", "bounds", "together", "paths", "beyond")
"""The modules of kernels that search, each after those that it calls."""
_COUNTING: Final = ("hops", "betweenness")
"""The modules of kernels that count paths."""
_BULK: Final = ("lines", "blake", "times", "texts", "writing", "grouping")
"""The modules of kernels that read big files."""


class Kernels(NamedTuple):
    """What is called from outside; see ``interlock.graph.kernels``."""

    any_path: Callable[..., int]
    meet: Callable[..., int]
    reach: Callable[..., bool]
    enumerate_paths: Callable[..., int]
    goes_on: Callable[..., bool]
    around: Callable[..., int]
    shared_holders: Callable[..., int]


@cache
def interpreted() -> Kernels:
    """The kernels as plain Python."""
    from interlock.graph.kernels import balls, beyond, paths

    return Kernels(
        balls.any_path, balls.meet, balls.reach, paths.enumerate_paths, beyond.goes_on, balls.around, balls.shared_holders
    )  # fmt: skip


class Compiler:
    """Compiles the kernels in the background, for whoever asks first; ``warm`` calls all of them with what they are called with."""

    def __init__(self, warm: Callable[[Kernels], object]) -> None:
        self._warm = warm
        self._made: Kernels | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def kernels(self) -> Kernels | None:
        """The compiled kernels; None while they are being made."""
        if self._made is None and self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = threading.Thread(target=self.make, name="interlock-compiler", daemon=True)
                    self._thread.start()
        return self._made

    @property
    def ready(self) -> Kernels | None:
        """The compiled kernels, if somebody has asked for them and they have been made."""
        return self._made

    def make(self) -> Kernels:
        """Compile now."""
        made = _compiled()
        self._warm(made)
        self._made = made
        return made


def _compiled() -> Kernels:
    known = _compiled_modules(_MODULES)
    return Kernels(*(known[name] for name in Kernels._fields))


@cache
def bulk() -> SimpleNamespace:
    """The kernels that read big files, by name; each is compiled when it is first called."""
    return SimpleNamespace(**_compiled_modules(_BULK))


@cache
def counting() -> SimpleNamespace:
    """The kernels that count paths, by name; each is compiled when it is first called."""
    return SimpleNamespace(**_compiled_modules(_COUNTING))


def _compiled_modules(names: tuple[str, ...]) -> dict[str, Any]:
    """The functions of second copies of the kernels' modules, which are Numba's."""
    import numba

    from interlock.graph.kernels.numbers import ALLOCATING

    known: dict[str, Any] = {}
    for name in names:
        spec = importlib.util.find_spec(f"interlock.graph.kernels.{name}")
        assert spec is not None
        assert spec.origin is not None
        copied = importlib.util.spec_from_file_location(f"interlock.graph.compiled.{name}", spec.origin)
        assert copied is not None
        assert copied.loader is not None
        module = importlib.util.module_from_spec(copied)
        sys.modules[copied.name] = module  # where Numba looks for it when it reads its cache
        copied.loader.exec_module(module)
        functions = {key: made for key, made in vars(module).items() if isinstance(made, FunctionType) and made.__module__ == copied.name}
        for key, function in functions.items():
            options: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": key in ALLOCATING}
            known[key] = numba.njit(**options)(function)
        vars(module).update({key: known[key] for key in vars(module) if key in known})
    return known
