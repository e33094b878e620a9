"""The truth beside the tables: who is who, which row is whose, and what was put in wrongly. For measuring, never for landing.

`persons.parquet` and `firms.parquet` hold what is so; `links.parquet` has a line for every row of every table: the
department and table, the row (1-based) and its line in the file, its key, the person, firm or dwelling it is about, and
the slips, joined by ";".
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from datong.demo.addresses import Form, Indices
from datong.demo.county import County
from datong.demo.firms import TRADES
from datong.demo.households import Relation
from datong.demo.people import Occupation
from datong.demo.tables import Batch, Table

_STEP = 100_000
_LINKS = pa.schema(
    [
        ("department", pa.string()),
        ("table", pa.string()),
        ("row", pa.int64()),
        ("line", pa.int64()),
        ("key", pa.string()),
        ("person_id", pa.int64()),
        ("firm_id", pa.int64()),
        ("dwelling_id", pa.int64()),
        ("errors", pa.string()),
    ]
)


class Links:
    """Writes the links as the tables are written, and remembers who appears where and whose rows are free of slips."""

    def __init__(self, path: Path, people: int) -> None:
        self._writer = pq.ParquetWriter(path, _LINKS)
        self._people = people
        self.appears: dict[str, NDArray[np.bool_]] = {}
        self.spotless = np.ones(people, dtype=bool)

    def add(
        self, table: Table, batch: Batch, *, row: int, first_line: int | None, keys: list[str | int]
    ) -> None:
        rows = np.arange(row, row + len(batch))
        person = batch.subjects["person"]
        errors = [""] * len(batch)
        for slipped, slips in batch.slips.items():
            errors[slipped] = ";".join(slips)
        columns = {
            "department": pa.repeat(pa.scalar(table.department), len(batch)),
            "table": pa.repeat(pa.scalar(table.name), len(batch)),
            "row": pa.array(rows),
            "line": pa.nulls(len(batch), pa.int64())
            if first_line is None
            else pa.array(rows + (first_line - 1)),
            "key": pa.array([str(key) for key in keys]),
            "person_id": _ids(person),
            "firm_id": _ids(batch.subjects.get("firm")) or pa.nulls(len(batch), pa.int64()),
            "dwelling_id": _ids(batch.subjects.get("dwelling")) or pa.nulls(len(batch), pa.int64()),
            "errors": pa.array(errors),
        }
        self._writer.write_table(pa.table(columns, schema=_LINKS))
        self._remember(table, person, list(batch.slips))

    def close(self) -> None:
        self._writer.close()

    def _remember(self, table: Table, person: Indices, slipped: list[int]) -> None:
        appears = self.appears.setdefault(table.name, np.zeros(self._people, dtype=bool))
        appears[person[person >= 0]] = True
        self.spotless[[p for p in person[slipped].tolist() if p >= 0]] = False


def write_persons(county: County, path: Path) -> None:
    """A hundred thousand at a time: their addresses as text are the largest thing about them."""
    count = len(county.people)
    writer = None
    for start in range(0, count, _STEP):
        part = _persons(county, np.arange(start, min(start + _STEP, count)))
        writer = writer or pq.ParquetWriter(path, part.schema)
        writer.write_table(part)
    if writer:
        writer.close()


def _persons(county: County, who: Indices) -> pa.Table:
    people, homes = county.people, county.households
    household = people.household[who]
    former = homes.former[household]
    former_address = county.dwellings.address(np.maximum(former, 0), Form.FULL)
    return pa.table(
        {
            "person_id": pa.array(who + 1),
            "identity_number": pa.array(people.identity[who].tolist()),
            "name": pa.array(people.name[who].tolist()),
            "sex": pa.array(np.where(people.male[who], "男", "女").tolist()),
            "birth_date": _days(people.birth[who], missing=None),
            "died_on": _days(people.died[who]),
            "household_id": pa.array(household + 1),
            "relation": pa.array([Relation(r).name.lower() for r in people.relation[who].tolist()]),
            "guardian_id": _ids(people.guardian[who]),
            "dwelling_id": _ids(homes.dwelling[household]),
            "address": pa.array(county.dwellings.address(homes.dwelling[household], Form.FULL)),
            "former_address": pa.array(former_address, mask=former < 0),
            "moved_on": _days(homes.moved_on[household]),
            "mobile": pa.array([mobile or None for mobile in people.mobile(who)], pa.string()),
            "former_mobile": pa.array([mobile or None for mobile in people.former_mobile(who)], pa.string()),
            "bank_card": pa.array(people.card(who)),
            "occupation": pa.array([Occupation(o).name.lower() for o in people.occupation[who].tolist()]),
            "school_year": pa.array(people.grade[who], mask=people.grade[who] == 0),
            "employer_id": _ids(county.employer[who]),
        }
    )


def write_firms(county: County, path: Path) -> None:
    firms = county.firms
    trade = [TRADES[t] for t in firms.trade.tolist()]
    table = pa.table(
        {
            "firm_id": pa.array(np.arange(len(firms)) + 1),
            "credit_code": pa.array(firms.code.tolist()),
            "name": pa.array(firms.name.tolist()),
            "kind": pa.array([t.kind.name.lower() for t in trade]),
            "industry_code": pa.array([t.industry for t in trade]),
            "legal_representative_id": _ids(firms.owner),
            "established_on": _days(firms.established, missing=None),
            "status": pa.array(firms.status.tolist()),
            "address": pa.array(firms.address.tolist()),
        }
    )
    pq.write_table(table, path)


def _ids(indices: Indices | None) -> pa.Array | None:
    """Rows counted from 1; null for -1."""
    return None if indices is None else pa.array(indices + 1, mask=indices < 0)


def _days(days: Indices, *, missing: int | None = -1) -> pa.Array:
    mask = None if missing is None else days == missing
    return pa.array(days.astype("datetime64[D]"), mask=mask)
