"""For all tables: what a standard writer wrote is what lands, however it is encoded, separated and ended."""

import csv
import io
import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datong.catalogue.field import FieldType
from datong.intake.delivery import DeliveryState
from datong.intake.phases.cast import cast
from datong.intake.phases.types import Seen, reading
from datong.intake.tally import Tally
from tests.unit.intake.conftest import Intake

# Letters that normalising leaves alone, with everything that CSV makes difficult.
CELL = st.text(alphabet='甲乙丙abc,;|\t"\n（）é', max_size=8).filter(
    lambda cell: cell == cell.strip() and cell != '"'
)
ROW = st.lists(CELL, min_size=3, max_size=3).filter(lambda row: all(row))
HEADINGS = ["姓名", "住址", "备注"]
FORMS = st.tuples(
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(rows=st.lists(ROW, min_size=1, max_size=12), form=FORMS)
def test_a_table_lands_as_it_was_written(rows: list[list[str]], form: tuple[str, str, str, int]) -> None:
    encoding, separator, end, quoting = form
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([HEADINGS, *rows])
    with tempfile.TemporaryDirectory() as folder:
        intake = Intake(Path(folder))
        delivery = intake.land_text(out.getvalue().encode(encoding))
        assert delivery.state is DeliveryState.LANDED, delivery.stopped_because
        assert intake.rows(delivery) == [tuple(row) for row in rows]
        assert (delivery.read, delivery.quarantined) == (len(rows), 0)


VALUE = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda d: format(d, "f")),
    st.dates().map(str),
    st.from_regex(r"[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,4}日?", fullmatch=True),
    st.from_regex(r"[￥]?[0-9]{1,3}(,[0-9]{3}){0,2}(\.[0-9]{1,4})?[万元]?", fullmatch=True),
    st.from_regex(r"0?[0-9]{1,19}X?", fullmatch=True),
    st.sampled_from(["true", "False", "不详", "-", "甲", "1e5", "3.70214E+17", "20200230", "43838"]),
)


@settings(max_examples=400, deadline=None)
@given(
    values=st.lists(st.one_of(st.none(), VALUE), min_size=1, max_size=8),
    heading=st.sampled_from(["日期", "金额(元)", "数量", "编号", "x"]),
)
def test_a_value_is_read_as_what_it_says_or_its_row_is_marked_and_never_altered(
    values: list[str | None], heading: str
) -> None:
    """The claim behind every typed column: text that comes back from the type is the text that went in."""
    column = pa.array(values, pa.string())
    seen = Seen(heading)
    seen.watch(column)
    how = reading(seen)
    with tempfile.TemporaryDirectory() as folder, Tally(file="t", path=Path(folder) / "q") as tally:
        read, bad = cast(column, how, name="x", tally=tally)
        repairs = {repair.kind for repair in tally.repairs}
    for before, after, marked in zip(values, read.to_pylist(), bad.tolist(), strict=True):
        if before is None:
            assert after is None
            assert not marked
        elif after is None:
            assert marked or "type.no_value" in repairs
        elif how.type is FieldType.INTEGER or how.type is FieldType.DECIMAL:
            assert _number(before) == after
        elif how.type is FieldType.TEXT:
            assert after == before or "date.rewritten" in repairs
        elif how.type is FieldType.DATE and before.isdecimal() and len(before) == 8:
            assert after.strftime("%Y%m%d") == before


def _number(text: str) -> object:
    """Worked out slowly and differently from the code: by taking the marks off one by one."""
    from fractions import Fraction

    times = 10_000 if "万" in text else 1
    return Fraction(text.strip("￥万元").replace(",", "").removesuffix("万")) * times
