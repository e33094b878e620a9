"""Landing: one atomic commit or nothing, a report that adds up, and questions where a table isn't what it was."""

import gzip
import json
import stat
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from datong.grading.measure import ColumnMeasure
from datong.intake import actions
from datong.intake.delivery import DeliveryState
from datong.intake.events import KINDS
from datong.intake.progress import Progress
from datong.intake.workroom import LandingUnderWay
from datong.terms.may import MayNot
from datong.terms.names import NameNotUsable, ResourceName
from tests.fakes import ADMIN, HEALTH_DATA, NOON, POLICE_DATA, measure
from tests.unit.intake.conftest import READERS

PEOPLE = "姓名,出生日期,金额\n钱一,1990-01-02,10.50\n孙二,1991-02-03,3\n"


def test_a_file_becomes_a_typed_table_with_its_own_headings(intake) -> None:
    delivery = intake.land_text(PEOPLE)
    assert delivery.state is DeliveryState.LANDED
    assert intake.types(delivery) == {"姓名": "text", "出生日期": "date", "金额": "decimal"}
    assert intake.rows(delivery) == [
        ("钱一", date(1990, 1, 2), Decimal("10.50")),
        ("孙二", date(1991, 2, 3), Decimal("3.00")),
    ]


def test_the_report_adds_up_and_the_rows_set_aside_are_kept_for_their_department_alone(intake) -> None:
    delivery = intake.land_text("编号,姓名\n1,甲\n2\n3,丙,丁\n4,戊\n")
    assert (delivery.read, delivery.landed, delivery.quarantined) == (4, 2, 2)
    assert intake.quarantined(delivery) == [(3, "cells.too_few 1 of 2"), (4, "cells.too_many 3 of 2")]
    kept = intake.room.quarantine_file(delivery.id)
    assert [json.loads(line)["row"] for line in kept.read_text().splitlines()] == ["2", "3,丙,丁"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert all("丙" not in row.reason for row in delivery.quarantine)


def test_the_catalogue_gets_a_draft_with_the_headings_as_delivered(intake) -> None:
    delivery = intake.land_text("姓 名,No. of rooms\n甲,3\n", "户籍.csv")
    resource = intake.catalogue.resource(delivery.resource)
    assert resource is not None
    assert (resource.title.zh, resource.provider, resource.state) == ("户籍", "police", "draft")
    assert [(f.name, f.source_name, f.type) for f in resource.fields] == [
        ("姓 名", "姓 名", "text"),
        ("No_ of rooms", "No. of rooms", "integer"),
    ]


def test_landing_the_same_delivery_again_changes_nothing(intake) -> None:
    first = intake.land_text(PEOPLE)
    again = intake.land()
    assert again.state is DeliveryState.UNCHANGED
    assert again.snapshot == first.snapshot
    assert len(intake.lake.history(first.resource)) == 1
    assert not list((intake.home / "landing").glob("*.arrow"))


def test_a_changed_delivery_replaces_the_table_and_the_older_snapshot_stays_readable(intake) -> None:
    first = intake.land_text(PEOPLE)
    second = intake.land_text(PEOPLE + "李三,1992-03-04,1\n")
    assert len(intake.rows(second)) == 3
    before = intake.lake.snapshot(first.resource, first.snapshot)
    assert before is not None
    assert (before.rows, before.delivery) == (2, first.id)


def test_columns_that_came_or_went_stop_the_table_until_somebody_accepts_them(intake) -> None:
    first = intake.land_text(PEOPLE)
    changed = "姓名,出生日期,备注\n钱一,1990-01-02,无\n孙二,1991-02-03,无\n"
    stopped = intake.land_text(changed)
    assert stopped.state is DeliveryState.STOPPED
    assert stopped.stopped_because is not None
    assert "came 备注; went 金额" in stopped.stopped_because.en
    assert "新增备注；消失金额" in stopped.stopped_because.zh
    assert intake.lake.current(first.resource).id == first.snapshot
    accepted = intake.land(accept_changes=True)
    assert accepted.state is DeliveryState.LANDED
    assert list(intake.types(accepted)) == ["姓名", "出生日期", "备注"]


def test_columns_in_another_order_are_the_same_columns(intake) -> None:
    intake.land_text(PEOPLE)
    delivery = intake.land_text("金额,姓名,出生日期\n1.00,甲,1990-01-01\n2.00,乙,1990-01-02\n")
    assert delivery.state is DeliveryState.LANDED


def test_a_value_that_breaks_its_columns_promise_is_quarantined_and_many_are_a_question(intake) -> None:
    rows = [f"{i},2020-01-01" for i in range(100)]
    intake.land_text("\n".join(["数量,到期日期", *rows]) + "\n")
    one = intake.land_text("\n".join(["数量,到期日期", *rows, "很多,2020-01-01"]) + "\n")
    assert (one.state, one.landed) == (DeliveryState.LANDED, 100)
    assert intake.quarantined(one) == [(102, "type.not_an_integer 数量")]
    many = intake.land_text("\n".join(["数量,到期日期", *rows[:60], *["很多,2020-01-01"] * 40]) + "\n")
    assert many.state is DeliveryState.STOPPED
    assert "数量 (40)" in many.stopped_because.en
    assert intake.types(one)["数量"] == "integer"


def test_a_table_that_shrank_by_more_than_half_is_a_question(intake) -> None:
    intake.land_text("a,b\n" + "1,x\n" * 100)
    stopped = intake.land_text("a,b\n" + "1,x\n" * 49)
    assert "had 100 rows last time and only 49" in stopped.stopped_because.en
    assert intake.land(accept_changes=True).landed == 49


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"a,b\n", "has headings and no rows"),
        ("编号,日期\n".encode() + b"1\n2\n", "none could be read"),
        (b"1,2,3\n4,5,6\n", "No row of headings"),
        (b"<html><table><tr><td>x</td></tr></table>", "web page"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"\x1f\x8b\x08\x00cut", "breaks off in the middle"),
    ],
)
def test_what_is_no_table_stops_with_a_clear_reason(intake, content: bytes, says: str) -> None:
    delivery = intake.land_text(content)
    assert delivery.state is DeliveryState.STOPPED
    assert says in delivery.stopped_because.en
    assert delivery.stopped_because.zh
    assert intake.lake.current(delivery.resource) is None


def test_an_endless_line_in_the_middle_costs_its_line_and_at_the_top_the_file(intake) -> None:
    endless = "z" * (5 << 20)
    delivery = intake.land_text(f"a,b\n1,x\n{endless}\n2,y\n")
    assert intake.rows(delivery) == [(1, "x"), (2, "y")]
    assert intake.quarantined(delivery) == [(3, f"line.too_long {5 << 20}")]
    stopped = intake.land_text(endless + "\n1,x\n", "u.csv")
    assert "no end of line within" in stopped.stopped_because.en


def test_a_gzip_cut_off_on_its_way_lands_nothing(intake) -> None:
    whole = gzip.compress(("a,b\n" + "".join(f"{i},{i * 7919}\n" for i in range(50_000))).encode())
    assert intake.land_text(whole, "t.csv.gz").landed == 50_000
    stopped = intake.land_text(whole[: len(whole) // 2], "t.csv.gz")
    assert "breaks off in the middle" in stopped.stopped_because.en
    assert intake.lake.current(stopped.resource).rows == 50_000


def test_a_file_written_to_while_it_is_read_lands_nothing(intake) -> None:
    path = intake.put("a,b\n" + "1,x\n" * 10)

    def still_writing(progress: Progress) -> None:
        with open(path, "a") as file:
            file.write("2,y\n")

    stopped = intake.land(progress=still_writing)
    assert "was changed while it was being read" in stopped.stopped_because.en
    assert intake.land().landed > 10


def test_what_goes_wrong_after_the_commit_is_finished_by_the_next_run(intake) -> None:
    def fails(snapshot, delivery):
        raise RuntimeError("the engine is down")

    with pytest.raises(RuntimeError):
        intake.land_text(PEOPLE, after_landing=fails)
    delivery = intake.land()
    assert (delivery.state, delivery.landed) == (DeliveryState.LANDED, 2)
    assert len(intake.lake.history(delivery.resource)) == 1
    assert "intake.delivery_resumed" in [event.kind for event in intake.store.events]


def test_two_tables_with_one_name_dont_overwrite_each_other(intake) -> None:
    intake.land_text(PEOPLE, "a b.csv")
    stopped = intake.land_text(PEOPLE, "a-b.csv")
    assert "is landed from a b.csv" in stopped.stopped_because.en
    named = intake.land("a-b.csv", name=ResourceName("police", "other"))
    assert (named.state, str(named.resource)) == (DeliveryState.LANDED, "police.other")


def test_a_landing_that_goes_on_keeps_others_of_the_same_table_out(intake) -> None:
    intake.put(PEOPLE)
    with intake.room.alone(ResourceName("police", "t")), pytest.raises(LandingUnderWay):
        intake.land()


def test_a_full_disk_stops_the_landing_and_leaves_the_last_good_snapshot(intake, monkeypatch) -> None:
    first = intake.land_text(PEOPLE)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pyarrow.parquet.ParquetWriter.write_table", full)
    delivery = intake.land_text(PEOPLE + "李三,1992-03-04,1\n")
    assert delivery.state is DeliveryState.STOPPED
    assert "disk is full" in delivery.stopped_because.en
    monkeypatch.undo()
    assert intake.lake.current(first.resource).id == first.snapshot
    assert intake.land().state is DeliveryState.LANDED


def test_the_measures_taken_after_landing_are_the_deliverys_profile(intake) -> None:
    seen = []

    def after(snapshot, delivery) -> tuple[ColumnMeasure, ...]:
        seen.append((snapshot.id, delivery.state))
        return (measure("姓名", rows=2, distinct=2, longest=2),)

    delivery = intake.land_text(PEOPLE, after_landing=after)
    assert [p.column for p in delivery.profile] == ["姓名"]
    assert seen == [(delivery.snapshot, DeliveryState.STARTED)]


def test_every_step_leaves_a_listed_event_without_a_value_from_the_table(intake) -> None:
    intake.land_text(PEOPLE)
    intake.land()
    intake.land_text("")
    kinds = [event.kind for event in intake.store.events]
    assert kinds == [
        "intake.source_added",
        "intake.delivery_started",
        "intake.delivery_read",
        "intake.delivery_landed",
        "intake.delivery_started",
        "intake.delivery_unchanged",
        "intake.delivery_started",
        "intake.delivery_stopped",
    ]
    assert set(kinds) <= set(KINDS)
    assert all("钱一" not in repr(event) for event in intake.store.events)


def test_progress_is_told_in_counts(intake) -> None:
    heard: list[Progress] = []
    intake.land_text(PEOPLE, progress=heard.append)
    assert {p.phase for p in heard} == {"decode", "land", "profile"}
    assert heard[-1].rows == 2


def test_only_the_departments_own_people_and_the_administrator_land_its_tables(intake) -> None:
    intake.put(PEOPLE)
    with pytest.raises(MayNot):
        intake.land(by=HEALTH_DATA)
    assert intake.land(by=POLICE_DATA).by == "police.data"


def test_a_source_needs_a_name_of_its_own_and_a_department(intake) -> None:
    def add(name: str, department: str = "police") -> None:
        actions.add_source(
            store=intake.store,
            catalogue=intake.catalogue,
            name=name,
            url="postgresql://u:secret@db/x",
            department=department,
            by=ADMIN,
            at=NOON,
        )

    add("hr")
    with pytest.raises(actions.SourceExists):
        add("hr")
    with pytest.raises(NameNotUsable):
        add("人事")
    with pytest.raises(actions.DepartmentUnknown):
        add("other", department="nobody")
    assert "secret" not in repr(intake.store.events)


def test_a_folder_is_as_many_tables_as_it_has_files(intake) -> None:
    for name in ("b.csv", "a.TXT", ".hidden.csv", "~$open.xlsx", "notes.md", "c.csv.gz"):
        intake.put("x,y\n1,2\n", name)
    tables = actions.tables_of(source=intake.source(), readers=READERS)
    assert tables == ("a.TXT", "b.csv", "c.csv.gz")


def test_memory_holds_a_batch_and_not_the_table(intake) -> None:
    """The rows that are anywhere in memory at once: never more than a few blocks' worth."""
    row = "x" * 90
    intake.put("编号,内容\n" + "".join(f"{i},{row}\n" for i in range(300_000)))
    before, most = pa.total_allocated_bytes(), 0

    def listen(progress: Progress) -> None:
        nonlocal most
        most = max(most, pa.total_allocated_bytes() - before)

    assert intake.land(progress=listen).landed == 300_000
    assert most < 60 << 20
