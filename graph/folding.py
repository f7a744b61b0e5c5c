"""Names as they are compared: without case, accents and punctuation, and without what says only in which legal form a company is."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LEGAL_FORMS: Final = frozenset({
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lp", "plc", "pllc", "pbc", "ulc", "ag",
    "aktiengesellschaft", "sa", "sab", "sas", "sarl", "se", "nv", "bv", "gmbh", "kgaa", "ab", "abp", "oy", "oyj", "as", "asa", "spa", "srl",
    "kk", "pte", "pty", "bhd", "ltda",
})  # fmt: skip
_IN_WORDS: Final = tuple(
    tuple(form.split())
    for form in ("public limited company", "limited partnership", "limited liability company", "societe anonyme", "sociedad anonima",
                 "naamloze vennootschap", "s a", "a s", "n v", "b v", "a g", "s p a", "l p", "p l c", "l l c")
)  # fmt: skip
"""Legal forms of several words."""
LEGAL_FORMS: Final = (*map(" ".join, _IN_WORDS), *sorted(_LEGAL_FORMS))
"""All of them; what ends in several of these has the first of them."""
_ENDING_IN: Final = {form[-1]: [each for each in _IN_WORDS if each[-1] == form[-1]] for form in _IN_WORDS}
_ONE_FORM: Final = {
    "incorporated": "inc", "corporation": "corp", "company": "co", "limited": "ltd", "aktiengesellschaft": "ag", "public ltd co": "plc",
    "ltd partnership": "lp", "ltd liability co": "llc", "societe anonyme": "sa", "sociedad anonima": "sa", "naamloze vennootschap": "nv",
}  # fmt: skip
"""Longer ways to write a legal form → the short one."""
_MARK: Final = re.compile(r"[^\w\s]|_")
_LEAST_INITIALS: Final = 3


def fold(text: str) -> str:
    """A name without case, accents and punctuation: ``"Döpfner, Mathias"`` → ``"dopfner mathias"``."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(_MARK.sub(lambda match: "" if match[0] in "'’." else " ", plain).split())


def without_legal_form(folded: str) -> str:
    """A folded company name without ``the``, ``and``, and without ``inc``, ``ltd`` and the like at its end; never empty."""
    words = folded.split()
    while (size := _form_size(words)) and len(words) > size:
        del words[-size:]
    words = words[1:] if len(words) > 1 and words[0] == "the" else words
    return " ".join([word for word in words if word != "and"] or words)


def legal_form(folded: str) -> str:
    """The legal form at the end of a folded name, written shortly: ``"acme corporation"`` → ``"corp"``; empty if there is none."""
    words = folded.split()
    first = len(words)
    while (size := _form_size(words[:first])) and first > size:
        first -= size
    form = " ".join(_ONE_FORM.get(word, word) for word in words[first:])
    return _ONE_FORM.get(form, form.replace(" ", "") if tuple(form.split()) in _IN_WORDS else form)


def joined(plain: str) -> str:
    """A name without spaces."""
    return plain.replace(" ", "")


def in_order(plain: str) -> str:
    """A name with its words in the order of the alphabet, without spaces."""
    return "".join(sorted(plain.split()))


def initials(plain: str) -> str:
    """The first letters of a name of three words or more; else empty."""
    words = plain.split()
    return "".join(word[0] for word in words) if len(words) >= _LEAST_INITIALS else ""


def _form_size(words: list[str]) -> int:
    """How many words at the end are a legal form."""
    if not words:
        return 0
    long = next((len(form) for form in _ENDING_IN.get(words[-1], ()) if tuple(words[-len(form) :]) == form), 0)
    return long or int(words[-1] in _LEGAL_FORMS)
