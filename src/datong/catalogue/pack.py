"""The catalogue's part of the rules pack: the purposes data may be used for, and the standard data elements."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datong.catalogue.element import Element
from datong.terms import rules_file
from datong.terms.purpose import Purpose


@dataclass(frozen=True)
class CataloguePack:
    """Each by its code, in the order of the file."""

    purposes: Mapping[str, Purpose]
    elements: Mapping[str, Element]


def purposes(table: Mapping[str, Any], *, file: str = "purposes.toml") -> Mapping[str, Purpose]:
    rows = _distinct(table.get("purpose", []), file=file)
    return {
        code: Purpose(code, rules_file.titled(row, file=file), rules_file.needed(row, "basis", file=file))
        for code, row in rows.items()
    }


def elements(table: Mapping[str, Any], *, file: str = "elements.toml") -> Mapping[str, Element]:
    rows = _distinct(table.get("element", []), file=file)
    return {
        code: Element(code, rules_file.titled(row, file=file), standard=str(row.get("standard", "")))
        for code, row in rows.items()
    }


def _distinct(rows: list[Mapping[str, Any]], *, file: str) -> Mapping[str, Mapping[str, Any]]:
    by_code: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        code = rules_file.needed(row, "code", file=file)
        if code in by_code:
            raise rules_file.RulesNotReadable(file, f"{code} is listed twice")
        by_code[code] = row
    return by_code


def read(pack: Path) -> CataloguePack:
    """From a jurisdiction's folder, e.g. rules/cn. Raises RulesNotReadable."""
    return CataloguePack(
        purposes(rules_file.read(pack / "purposes.toml")), elements(rules_file.read(pack / "elements.toml"))
    )
