"""What a delivered table and its columns are called here: a name that SQL can write, beside the department's own words."""

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath

from datong.intake.phases.characters import tidy
from datong.terms.names import RESERVED, ResourceName
from datong.terms.text import Text

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls")
_LONGEST = 48


def resource_name(department: str, table: str) -> ResourceName:
    """`business_licences.csv` of business → business.business_licences. A name in Chinese has no spelling that everybody
    would agree on, so it gets a stable one of its own (t_ and eight hexadecimal digits) and keeps its title."""
    words = stem(table)
    name = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    if not words.isascii() or not name or len(name) > _LONGEST:
        name = "t_" + sha256(words.encode()).hexdigest()[:8]
    if not name[0].isalpha() or name in RESERVED:
        name = f"t_{name}"[:_LONGEST]
    return ResourceName(department, name)


def title(table: str) -> Text:
    return Text(stem(table), stem(table))


def stem(table: str) -> str:
    """`a.csv.gz` → a; `a.xlsx#1月` → a 1月; a database's public.resident → resident, crm.resident → crm.resident."""
    file, _, sheet = table.partition("#")
    name = PurePath(file).name
    name = name[:-3] if name.lower().endswith(".gz") else name
    name = next((name[: -len(end)] for end in ENDINGS if name.lower().endswith(end)), name)
    return f"{name.removeprefix('public.')} {sheet}".strip()


def field_names(headings: Sequence[str]) -> list[str]:
    """A name for each heading, all different even to an engine that doesn't tell capitals from small letters."""
    names: list[str] = []
    taken: set[str] = set()
    for place, heading in enumerate(headings, start=1):
        # A dot would read as "table.column" in the lake's schema, a quote end the name in SQL.
        name = re.sub(r'[.\x00-\x1f"`]+', "_", tidy(heading))[:120].strip() or f"column_{place}"
        plain, again = name, 2
        while name.casefold() in taken:
            name, again = f"{plain}_{again}", again + 1
        taken.add(name.casefold())
        names.append(name)
    return names
