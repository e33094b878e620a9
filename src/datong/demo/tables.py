"""A department's table as the department keeps it: its columns, whom its rows are about, its file and its catalogue text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from numpy.random import Generator
from numpy.typing import NDArray

from datong.catalogue.element import IDENTITY_NUMBER
from datong.catalogue.resource import SharingAttribute, SharingMethod, UpdateCycle
from datong.demo.addresses import Form, Indices
from datong.demo.county import County
from datong.demo.slips import Slip
from datong.terms.text import Text

Cells = dict[str, list[Any]]  # by column, all of one length
Subjects = dict[
    str, NDArray[Any]
]  # by name, all of one length: who or what each row is about, and what was drawn with them


class Holds(StrEnum):
    """What a column's values are, which decides the slips that can befall them."""

    KEY = "key"
    NAME = "name"
    IDENTITY = "identity"
    SEX = "sex"
    BIRTH = "birth"
    MOBILE = "mobile"
    ADDRESS = "address"
    CARD = "card"
    CREDIT_CODE = "credit_code"
    FIRM = "firm"
    AMOUNT = "amount"
    DATE = "date"
    STATUS = "status"
    OTHER = "other"


# The standard element behind a column, where its meaning alone says so.
ELEMENTS = {
    Holds.NAME: "person.name",
    Holds.IDENTITY: IDENTITY_NUMBER,
    Holds.SEX: "person.sex",
    Holds.BIRTH: "person.birth_date",
    Holds.MOBILE: "person.mobile",
    Holds.ADDRESS: "person.address",
    Holds.CARD: "person.bank_account",
    Holds.CREDIT_CODE: "organisation.credit_code",
    Holds.FIRM: "organisation.name",
    Holds.KEY: "record.number",
    Holds.AMOUNT: "record.amount",
    Holds.DATE: "record.date",
    Holds.STATUS: "record.status",
}


@dataclass(frozen=True)
class Column:
    """`name` is the heading as the department keeps it; `group` the heading over it, where headings have two rows.

    `element` is the standard data element, where `holds` doesn't say it; `sql` the declared type, in a database.
    """

    name: str
    title: Text
    holds: Holds = Holds.OTHER
    element: str = ""
    sql: str = "TEXT"
    group: str = ""

    @property
    def standard(self) -> str:
        return self.element or ELEMENTS.get(self.holds, "")


@dataclass(frozen=True)
class Database:
    """A table in a SQLite file that one system keeps."""

    file: str


@dataclass(frozen=True)
class Csv:
    """A CSV as it was exported: its encoding, and the lines above the heading and below the last row."""

    file: str
    encoding: str = "utf-8-sig"
    preamble: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A workbook with one sheet. `title` lines stand above the heading; a heading with groups takes two merged rows.

    `total` names the column summed up in a last line, where there is one. `widths` go by column, 12 by default.
    """

    file: str
    sheet: str
    title: tuple[str, ...] = ()
    total: str = ""
    widths: Mapping[str, int] = field(default_factory=dict)


Kept = Database | Csv | Sheet


@dataclass(frozen=True)
class CatalogueEntry:
    """What the department says of the table in the catalogue, as the statute asks (Art. 13–15)."""

    abstract: Text
    classification: str
    cycle: UpdateCycle
    sharing: SharingAttribute
    basis: str = ""
    conditions: Text = Text("", "")
    method: SharingMethod = SharingMethod.SERVICE
    open_to_public: bool = False


@dataclass(frozen=True)
class Table:
    """`subjects` says what each row is about, in the order of the rows: "person" (-1 for nobody), "firm", "dwelling";
    "late" for those who should be gone; "answers" for whose telephone it is, if not the person's; and whatever else
    was drawn with them. `fill` writes their cells, all but the key; `key` names a row by its number, from 1.

    `form` is how it writes addresses; `where` gives the dwelling behind each row's address, or None for a firm's door.
    """

    department: str
    name: str
    title: Text
    kept: Kept
    entry: CatalogueEntry
    columns: tuple[Column, ...]
    subjects: Callable[[County, Generator], Subjects]
    fill: Callable[[County, Subjects, Generator], Cells]
    key: Callable[[int], str | int]
    form: Form = Form.COUNTY
    where: Callable[[County, Subjects], Indices] | None = None

    def first(self, holds: Holds) -> str | None:
        """The heading of the first column that holds this."""
        return next((column.name for column in self.columns if column.holds is holds), None)


@dataclass
class Batch:
    """Some rows of one table on their way to the file, and what went wrong with which (row in the batch → slips)."""

    cells: Cells
    subjects: Subjects
    dwellings: Indices
    slips: dict[int, list[Slip]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(next(iter(self.subjects.values())))

    def slipped(self, row: int, slip: Slip) -> None:
        self.slips.setdefault(row, []).append(slip)
