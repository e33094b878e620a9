"""A name as a person typed it, for a refusal: said again only where it is plainly a name.

The commonest slip in SQL is a value in double quotes, and then what looks like a column's name is somebody's number. A
refusal is shown on a page and written to a terminal; so where in doubt it says the place and not the name.
"""

import re
from collections.abc import Collection

from sqlglot import exp

from datong.terms.text import Text

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]{0,39}\Z")
_CODE = re.compile(r"[a-z][a-z0-9_.\-]{0,39}\Z")
_AGREEMENT = re.compile(r"[A-Z]{1,2}-(?:20\d\d-)?\d{1,4}\Z")  # A-2026-0003
_DIGITS_IN_A_ROW = re.compile(r"\d{4}")
_MOST_DIGITS = 6


def said(
    name: str, *, known: Collection[str] = (), quoted: bool = False, where: exp.Expr | None = None
) -> Text:
    """`name` in quotation marks, or its place. `known`: names of the catalogue, of which no letter is secret; `quoted`:
    it was written in double quotes, as values often are."""
    if name.lower() in {one.lower() for one in known} or (not quoted and is_plain(name)):
        return Text(repr(name), repr(name))
    line, column = (where.meta.get("line"), where.meta.get("col")) if where is not None else (None, None)
    if line is None or column is None:
        return Text("（名称从略）", "(name left out)")
    return Text(f"（第 {line} 行第 {column} 列）", f"(line {line}, column {column})")


def is_plain(name: str) -> bool:
    """Whether nothing in it could be a number or a name of somebody's: short, Latin, with few digits."""
    digits = sum(c.isdigit() for c in name)
    few = digits <= _MOST_DIGITS and not _DIGITS_IN_A_ROW.search(name)
    return bool(_AGREEMENT.match(name)) or (few and bool(_PLAIN.match(name)))


def is_code(name: str) -> bool:
    """Plain, and in the form of a purpose's code or an agreement's number."""
    return is_plain(name) and bool(_CODE.match(name) or _AGREEMENT.match(name))
