"""Licences by their SPDX identifiers (https://spdx.org/licenses/), and those that files state."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from rdflib import RDF
from rdflib.namespace import DCAT, DCTERMS, VOID
from rdflib.term import Node

from interlock.graph.rdf import Statements

_DATASETS: Final[frozenset[Node]] = frozenset({VOID.Dataset, DCAT.Dataset})
_OPEN_DATA: Final = {"by": "ODC-By-1.0", "odbl": "ODbL-1.0", "pddl": "PDDL-1.0"}


def spdx(licence: str) -> str:
    """The identifier that an address of a licence stands for; what isn't known stays as it is written."""
    address = re.sub(r"^https?://(www\.)?", "", licence.strip()).rstrip("/")
    if found := re.fullmatch(r"creativecommons\.org/licenses/(by(?:-n[cd]|-sa)*)/(\d\.\d)(/\w+)?(/deed\.\w+|/legalcode)?", address):
        return f"CC-{found[1].upper()}-{found[2]}"
    if re.fullmatch(r"creativecommons\.org/publicdomain/zero/1\.0(/deed\.\w+|/legalcode)?", address):
        return "CC0-1.0"
    if found := re.fullmatch(r"opendatacommons\.org/licenses/(by|odbl|pddl)(/1\.0|/1-0)?", address):
        return _OPEN_DATA[found[1]]
    if re.fullmatch(r"nationalarchives\.gov\.uk/doc/open-government-licence/version/3", address):
        return "OGL-UK-3.0"
    return re.sub(r"^https?://spdx\.org/licenses/(.+?)(\.html)?$", r"\1", licence.strip())


def licences_of(statements: Statements) -> dict[Path, str]:
    """What the datasets that our own files describe state as their licences, by file."""
    datasets = (node for node, properties in statements.subjects.items() if _DATASETS & set(properties.get(RDF.type, ())))
    stated = ((statements.files[node], statements.subjects[node].get(DCTERMS.license, ())) for node in datasets)
    return {path: spdx(str(values[0])) for path, values in stated if values}
