"""``--data a.trig b.nq.gz folder/``: several paths after one option, which otherwise has to be repeated before each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from typer.core import TyperGroup

from interlock.graph.decisions import is_table
from interlock.graph.parsing import format_of
from interlock.graph.snapshot import ENDING

DATA: Final = "--data"


class SpreadingGroup(TyperGroup):
    """Commands of which each takes several paths after one ``--data``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, list(spread(args)))


def spread(args: Sequence[str]) -> Iterator[str]:
    """The option before each of the paths that follow it, as long as they look like paths and are there."""
    paths = False
    for number, arg in enumerate(args):
        if paths and number and args[number - 1] != DATA and arg != DATA:
            paths = _is_path(arg)
            if paths:
                yield DATA
        paths = paths or arg == DATA
        yield arg


def _is_path(arg: str) -> bool:
    """A file that can be loaded, or a folder that is written with a slash."""
    path = Path(arg)
    if path.is_dir():
        return os.sep in arg
    return path.is_file() and (format_of(path) is not None or is_table(path) or path.suffix == ENDING)
