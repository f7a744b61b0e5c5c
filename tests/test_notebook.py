"""The example notebook gives, run afresh, what is stored in it.

python tests/test_notebook.py     # stores anew what it gives
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "server" / "notebooks" / "interlock.ipynb"
STORED = nbformat.read(NOTEBOOK, as_version=4)


def said(notebook: Any) -> list[tuple[str, list[str]]]:
    """Each cell of code, and what came of it as text; what isn't text by its kind."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [(cell.source, [_text(each) for each in cell.outputs]) for cell in cells]


def _text(given: Any) -> str:
    return str(given.text if given.output_type == "stream" else given.data["text/plain"] if "data" in given else given.output_type)


def executed() -> Any:
    """The notebook, executed without what is stored in it, and without a word on when and by which Python."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    metadata = notebook.metadata.copy()
    NotebookClient(notebook, timeout=600, kernel_name="python3", record_timing=False).execute()
    notebook.metadata = metadata
    return notebook


@pytest.fixture(scope="module")
def fresh() -> Any:
    return executed()


def test_notebook_gives_what_is_stored_in_it(fresh: Any) -> None:
    assert said(fresh) == said(STORED), "if it should, run python tests/test_notebook.py"


def test_notebook_names_the_directors_between_most_boards(fresh: Any) -> None:
    outputs = dict(said(fresh))
    ranking = next(text for source, (*_, text) in outputs.items() if "betweenness_centrality" in source)
    found = [(name, int(boards), float(share)) for name, boards, share in re.findall(r"\('([^']+)', (\d+), ([\d.]+)\)", ranking)]
    assert len(found) == 5
    assert [share for *_, share in found] == sorted((share for *_, share in found), reverse=True)
    assert all(boards >= 2 for _, boards, _ in found)


def test_notebook_shows_sources_and_dates_in_html() -> None:
    html = next(each.data["text/html"] for cell in STORED.cells if "client.ask" in cell.source for each in cell.get("outputs", ()))
    assert "2011-06 – 2019-05-30" in html
    assert "The Hollywood Reporter" in html
    assert "<script" not in html


def test_notebook_holds_nothing_of_the_machine_it_ran_on() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not re.search(r"/home/|/tmp/|/root/|\d{4}-\d\d-\d\dT\d\d:\d\d", text)


if __name__ == "__main__":
    nbformat.write(executed(), NOTEBOOK)
