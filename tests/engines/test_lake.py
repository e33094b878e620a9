"""The lake: one commit or nothing, columns known by id, and no value of a table outside its Parquet files."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datong.catalogue.snapshot import Snapshot
from datong.engines.lake import DeliveryNotAName, IcebergLake, LakeTableBusy, _alone
from datong.engines.lake_schema import ColumnTypeUnknown
from datong.terms.names import ResourceName

RESIDENT = ResourceName("police", "resident")
SCHEMA = pa.schema([("姓名", pa.string()), ("人数", pa.int64()), ("金额.元", pa.decimal128(18, 2))])


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[IcebergLake]:
    made = IcebergLake(tmp_path / "数据 湖")
    yield made
    made.close()


def replace(lake: IcebergLake, delivery: str, schema: pa.Schema = SCHEMA, **columns: list[Any]) -> Snapshot:
    values = columns or {"姓名": ["甲", None], "人数": [1, 2], "金额.元": [Decimal("1.10"), None]}
    batch = pa.RecordBatch.from_pydict(values, schema=schema)
    return lake.replace(RESIDENT, schema=schema, batches=iter([batch]), delivery=delivery)


def ids(path: str) -> dict[str, str]:
    return {f.name: f.metadata[b"PARQUET:field_id"].decode() for f in pq.read_schema(path)}


def test_a_snapshot_is_a_list_of_parquet_files_that_any_engine_reads(lake: IcebergLake) -> None:
    snapshot = replace(lake, "d1")
    assert snapshot == lake.current(RESIDENT) == lake.snapshot(RESIDENT, snapshot.id)
    assert snapshot.columns == (("姓名", "text"), ("人数", "integer"), ("金额.元", "decimal"))
    assert (snapshot.rows, snapshot.delivery) == (2, "d1")
    read = duckdb.read_parquet(list(snapshot.files)).fetchall()
    assert read == [("甲", 1, Decimal("1.10")), (None, 2, None)]


def test_what_isnt_there_is_none(lake: IcebergLake) -> None:
    assert lake.current(RESIDENT) is None
    assert lake.history(RESIDENT) == ()
    replace(lake, "d1")
    assert lake.snapshot(RESIDENT, "42") is None
    assert lake.snapshot(RESIDENT, "no number") is None


def test_a_table_becomes_the_new_delivery_and_older_ones_stay(lake: IcebergLake) -> None:
    first, second = replace(lake, "d1"), replace(lake, "d2", 姓名=["乙"], 人数=[3], **{"金额.元": [None]})
    assert [s.delivery for s in lake.history(RESIDENT)] == ["d1", "d2"]
    assert lake.current(RESIDENT) == second
    assert lake.snapshot(RESIDENT, first.id) == first
    assert not set(first.files) & set(second.files)


def test_the_same_delivery_twice_is_one_commit(lake: IcebergLake) -> None:
    first = replace(lake, "d1")
    never = (pytest.fail("asked for rows again") for _ in range(1))
    assert lake.replace(RESIDENT, schema=SCHEMA, batches=never, delivery="d1") == first
    assert len(lake.history(RESIDENT)) == 1


def test_whatever_the_rows_raise_nothing_is_committed_and_nothing_is_left(lake: IcebergLake) -> None:
    first = replace(lake, "d1")

    def breaks() -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_pydict({"姓名": ["丙"], "人数": [1], "金额.元": [None]}, schema=SCHEMA)
        raise RuntimeError("the source went away")

    with pytest.raises(RuntimeError, match="went away"):
        lake.replace(RESIDENT, schema=SCHEMA, batches=breaks(), delivery="d2")
    assert lake.current(RESIDENT) == first
    assert [room.name for room in Path(first.files[0]).parents[1].iterdir()] == ["d1"]


def test_what_a_killed_landing_left_is_swept_by_the_next(lake: IcebergLake) -> None:
    first = replace(lake, "d1")
    left = Path(first.files[0]).parents[1] / "killed"
    left.mkdir()
    (left / "part-00000.parquet").write_bytes(b"half")
    replace(lake, "d2")
    assert not left.exists()
    assert Path(first.files[0]).exists()


def test_a_column_keeps_its_id_while_its_name_and_type_stay(lake: IcebergLake) -> None:
    before = ids(replace(lake, "d1").files[0])
    other = pa.schema([("日期", pa.date32()), ("人数", pa.string()), ("姓名", pa.string())])
    snapshot = replace(lake, "d2", other, 日期=[date(2020, 1, 2)], 人数=["三"], 姓名=["乙"])
    after = ids(snapshot.files[0])
    assert snapshot.columns == (("日期", "date"), ("人数", "text"), ("姓名", "text"))
    assert after["姓名"] == before["姓名"]
    assert after["人数"] != before["人数"]
    assert not {after["日期"], after["人数"]} & set(before.values())
    # And an older snapshot is still described as it was.
    assert lake.history(RESIDENT)[0].columns == (
        ("姓名", "text"),
        ("人数", "integer"),
        ("金额.元", "decimal"),
    )


def test_a_table_that_goes_back_to_its_old_columns_can(lake: IcebergLake) -> None:
    replace(lake, "d1")
    replace(lake, "d2", pa.schema([("姓名", pa.string())]), 姓名=["甲"])
    assert replace(lake, "d3").rows == 2


def test_a_table_without_rows_still_has_its_columns(lake: IcebergLake) -> None:
    snapshot = replace(lake, "d1", 姓名=[], 人数=[], **{"金额.元": []})
    assert snapshot.rows == 0
    assert duckdb.read_parquet(list(snapshot.files)).columns == ["姓名", "人数", "金额.元"]


def test_no_value_of_a_column_stands_in_the_lakes_own_records(lake: IcebergLake) -> None:
    """Manifests usually keep each column's smallest and largest value, which would be somebody's."""
    value = "990101199001010012"
    files = replace(lake, "d1", 姓名=[value], 人数=[7654321], **{"金额.元": [None]}).files
    folder = Path(files[0]).parents[2]
    records = [p for p in folder.rglob("*") if p.is_file() and p.suffix != ".parquet"]
    assert {p.suffix for p in records} >= {".avro", ".json"}
    assert not any(value.encode() in p.read_bytes() for p in records)
    entries = lake._table(RESIDENT).inspect.entries().to_pylist()
    assert all(not e["data_file"]["lower_bounds"] and not e["data_file"]["upper_bounds"] for e in entries)


def test_rows_beyond_one_group_are_all_there_and_in_order(lake: IcebergLake) -> None:
    schema = pa.schema([("n", pa.int64())])
    batches = (
        pa.RecordBatch.from_pydict({"n": range(i, i + 10_000)}, schema=schema)
        for i in range(0, 300_000, 10_000)
    )
    snapshot = lake.replace(RESIDENT, schema=schema, batches=batches, delivery="d1")
    (file,) = snapshot.files
    assert pq.read_metadata(file).num_row_groups == 3
    assert pq.read_table(file)["n"].to_pylist() == list(range(300_000))


def test_one_writer_a_table(lake: IcebergLake, tmp_path: Path) -> None:
    replace(lake, "d1")
    with _alone(tmp_path / "数据 湖" / "police" / "resident", RESIDENT), pytest.raises(LakeTableBusy):
        replace(lake, "d2")


def test_a_delivery_that_cant_name_a_folder_is_refused(lake: IcebergLake) -> None:
    with pytest.raises(DeliveryNotAName):
        replace(lake, "../d1")


def test_a_type_the_lake_doesnt_keep_is_refused_by_the_columns_name(lake: IcebergLake) -> None:
    with pytest.raises(ColumnTypeUnknown, match="Column x"):
        replace(lake, "d1", pa.schema([("x", pa.time64("us"))]), x=[None])


def test_another_process_sees_the_commit(lake: IcebergLake, tmp_path: Path) -> None:
    snapshot = replace(lake, "d1")
    assert IcebergLake(tmp_path / "数据 湖").current(RESIDENT) == snapshot
