"""The sources as a bibliography: BibTeX (with the date fields of biblatex, which are EDTF) and CSL-JSON."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

import orjson

from interlock.graph.dates import PartialDate
from interlock.graph.exports.content import Content
from interlock.graph.exports.spelling import printable
from interlock.graph.model import Source

_ESCAPES: Final = {  # BibTeX counts braces, whether or not there is a backslash before them
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#",
    "_": r"\_",    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_PLAIN: Final = re.compile(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)")


def bibtex(content: Content) -> Iterator[bytes]:
    """An entry for each source; what the export says about itself stands in front, where BibTeX takes it for a comment."""
    yield "".join(
        f"% {name}: {' '.join(printable(text).replace('@', '(at)').split())}\n" for name, text in content.about().items()
    ).encode()
    for source in content.sources():
        fields = {
            "title": f"{{{_escaped(source.title)}}}",
            "author": " and ".join(f"{{{_escaped(creator)}}}" for creator in source.creators),
            "publisher": f"{{{_escaped(source.publisher)}}}" if source.publisher else "",
            "url": _url(source.url) if source.url else "",
            "date": source.published.text if source.published else "",
            "year": _year(source.published),
            "urldate": source.retrieved.text if source.retrieved else "",
            "note": _escaped(source.iri),
        }
        said = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        yield f"\n@misc{{{key_of(source)},\n{said}\n}}\n".encode()


def csl(content: Content) -> Iterator[bytes]:
    """CSL-JSON as Zotero and pandoc read it: an array of items, each with a note of what the export says about itself."""
    about = content.about()
    note = "; ".join(f"{name}: {about[name]}" for name in ("datasetVersion", "selection", "filter", "licence", "status"))
    yield b"[\n"
    for number, source in enumerate(content.sources()):
        yield (b",\n" if number else b"") + orjson.dumps(_item(source, note))
    yield b"\n]\n"


def key_of(source: Source) -> str:
    """The key by which an entry is cited: the end of its id, if that is of plain letters; else its title's, and a hash."""
    own = source.id.removeprefix("source/")
    if re.fullmatch(r"[A-Za-z0-9-]+", own):
        return own
    plain = unicodedata.normalize("NFKD", source.title).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    return f"{words}:{sha256(source.id.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def _item(source: Source, note: str) -> dict[str, Any]:
    said = {
        "id": key_of(source),
        "type": "webpage" if source.url else "document",
        "title": source.title,
        "author": [{"literal": creator} for creator in source.creators],
        "publisher": source.publisher,
        "URL": source.url,
        "issued": _csl_date(source.published),
        "accessed": _csl_date(source.retrieved),
        "note": f"{source.iri}; {note}",
    }
    return {name: value for name, value in said.items() if value}


def _csl_date(date: PartialDate | None) -> dict[str, Any] | None:
    """A date in parts, as far as it is known; in words if it is of another form."""
    if date is None:
        return None
    match = _PLAIN.fullmatch(date.text)
    if match is None or (match[2] and not 1 <= int(match[2]) <= 12):
        return {"literal": date.text}
    parts = [int(part) for part in match.groups()[:3] if part]
    return {"date-parts": [parts], **({"circa": True} if match[4] else {})}


def _year(date: PartialDate | None) -> str:
    """The year, for styles that know no other date; none if it isn't certain."""
    match = _PLAIN.fullmatch(date.text) if date else None
    return match[1] if match and not match[4] else ""


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(each, each) for each in " ".join(printable(text).split()))


def _url(url: str) -> str:
    """A URL within braces: those that would unbalance them are written as URLs can."""
    return printable(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")
