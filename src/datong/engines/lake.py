"""The lake: Iceberg tables in a folder, their catalogue in SQLite or PostgreSQL (intake.lake.Lake).

A landing writes its Parquet files into a folder of its own, named by its delivery, and then makes them the table in one
commit. What a killed landing left is a folder that no snapshot names; the next landing of that table takes it away.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.exceptions import NoSuchNamespaceError, NoSuchTableError
from pyiceberg.io.pyarrow import parquet_file_to_data_file
from pyiceberg.manifest import DataFile
from pyiceberg.schema import Schema
from pyiceberg.table import Table
from pyiceberg.table.snapshots import Snapshot as IcebergSnapshot
from pyiceberg.table.update import AddSchemaUpdate, AssertCurrentSchemaId, SetCurrentSchemaUpdate
from sqlalchemy.exc import OperationalError

from datong.catalogue.snapshot import Snapshot
from datong.engines.lake_schema import columns_of, parquet_schema, schema_after
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.text import Text

DELIVERY = "datong.delivery"  # in a snapshot's summary
_ROW_GROUP = 122_880  # rows: what DuckDB gives to one thread
_ROWS_OF_A_FILE = 4_000_000
_PROPERTIES = {
    "format-version": "2",
    # Manifests would otherwise hold each column's smallest and largest value: somebody's number.
    "write.metadata.metrics.default": "counts",
    "write.metadata.delete-after-commit.enabled": "true",
    "write.metadata.previous-versions-max": "20",
}


class LakeTableBusy(Fault):
    def __init__(self, resource: ResourceName) -> None:
        self.resource = resource
        super().__init__(
            Text(
                zh=f"数据湖中的 {resource} 正由另一项任务写入。请等待其结束后再试。",
                en=f"Another task is writing {resource} in the lake at this moment. Try again when it has ended.",
            )
        )


class DeliveryNotAName(Fault):
    def __init__(self, delivery: str) -> None:
        self.delivery = delivery
        super().__init__(
            Text(
                zh=f"交付编号 {delivery!r} 不能用作文件夹名。请使用字母、数字和连字符。",
                en=f"{delivery!r} can't name a folder, so it can't be a delivery's id. Use letters, digits and hyphens.",
            )
        )


class IcebergLake:
    """`folder` holds the tables; `catalog` is an SQLAlchemy URL, by default an SQLite file in that folder."""

    def __init__(self, folder: Path, *, catalog: str | None = None) -> None:
        self._folder = folder.resolve()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        uri = catalog or f"sqlite:///{self._folder / 'catalog.sqlite'}"
        self._catalog = SqlCatalog("datong", uri=uri, warehouse=str(self._folder))
        self._known: dict[tuple[ResourceName, int], Snapshot] = {}

    def close(self) -> None:
        self._catalog.engine.dispose()

    def current(self, resource: ResourceName) -> Snapshot | None:
        table = self._table(resource)
        newest = table.current_snapshot() if table else None
        return self._as_snapshot(resource, table, newest) if table and newest else None

    def snapshot(self, resource: ResourceName, id: str) -> Snapshot | None:
        table = self._table(resource)
        found = table.snapshot_by_id(int(id)) if table and id.isdecimal() else None
        return self._as_snapshot(resource, table, found) if table and found else None

    def history(self, resource: ResourceName) -> tuple[Snapshot, ...]:
        """Every snapshot that still stands, oldest first."""
        table = self._table(resource)
        return tuple(self._as_snapshot(resource, table, s) for s in table.snapshots()) if table else ()

    def replace(
        self,
        resource: ResourceName,
        *,
        schema: pa.Schema,
        batches: Iterable[pa.RecordBatch],
        delivery: str,
    ) -> Snapshot:
        """As intake.lake.Lake says. Raises LakeTableBusy, and whatever `batches` raises; OSError when the disk is full."""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", delivery):
            raise DeliveryNotAName(delivery)
        home = self._folder / resource.department / resource.table
        with _alone(home, resource):
            table = self._table(resource) or self._created(resource, schema, home)
            made = next((s for s in table.snapshots() if _delivery(s) == delivery), None)
            self._sweep(home, table)
            if made is not None:  # killed after its commit: there is nothing left to do
                return self._as_snapshot(resource, table, made)
            room = home / "data" / delivery
            try:
                following = schema_after(
                    table.schema(), schema, last_id=table.metadata.last_column_id, schema_id=_next(table)
                )
                files = list(_written(room, parquet_schema(schema, following), batches))
                self._commit(table, following, files, delivery)
            except BaseException as error:
                shutil.rmtree(room, ignore_errors=True)
                if isinstance(error, OperationalError) and "full" in str(error.orig):
                    raise OSError(ENOSPC, "the lake's catalogue can't be written") from None
                raise
        newest = self.current(resource)
        assert newest is not None
        return newest

    def _commit(self, table: Table, following: Schema, files: list[Path], delivery: str) -> None:
        """Schema and files in one step: readers see the table before, or the table after."""
        newest = table.current_snapshot()
        before = _files(table, newest) if newest else []
        with table.transaction() as change:
            if following != table.schema():
                had = next((id for id, schema in table.schemas().items() if schema == following), None)
                id = -1 if had is None else had  # -1: the one just added
                now = SetCurrentSchemaUpdate.model_validate({"schema-id": id})
                change._apply(
                    (now,) if had is not None else (AddSchemaUpdate(schema=following), now),
                    (AssertCurrentSchemaId.model_validate({"current-schema-id": table.schema().schema_id}),),
                )
            with change.update_snapshot(snapshot_properties={DELIVERY: delivery}).overwrite() as overwrite:
                for file in before:
                    overwrite.delete_data_file(file)
                for path in files:
                    overwrite.append_data_file(
                        parquet_file_to_data_file(table.io, change.table_metadata, str(path))
                    )

    def _created(self, resource: ResourceName, schema: pa.Schema, home: Path) -> Table:
        self._catalog.create_namespace_if_not_exists(resource.department)
        return self._catalog.create_table_if_not_exists(
            _identifier(resource),
            schema_after(Schema(), schema, last_id=0, schema_id=0),
            location=str(home),
            properties=_PROPERTIES,
        )

    def _table(self, resource: ResourceName) -> Table | None:
        try:
            return self._catalog.load_table(_identifier(resource))
        except (NoSuchTableError, NoSuchNamespaceError):
            return None

    def _as_snapshot(self, resource: ResourceName, table: Table, found: IcebergSnapshot) -> Snapshot:
        key = (resource, found.snapshot_id)
        if key not in self._known:  # a snapshot never changes, so what was read of it once stays true
            files = _files(table, found)
            schema = table.schemas()[table.schema().schema_id if found.schema_id is None else found.schema_id]
            self._known[key] = Snapshot(
                resource=resource,
                id=str(found.snapshot_id),
                files=tuple(sorted(file.file_path.removeprefix("file://") for file in files)),
                rows=sum(file.record_count for file in files),
                columns=columns_of(schema),
                delivery=_delivery(found),
            )
        return self._known[key]

    def _sweep(self, home: Path, table: Table) -> None:
        """Takes away the folders of landings that were killed: no snapshot names them, and we hold the table."""
        named = {_delivery(snapshot) for snapshot in table.snapshots()}
        rooms = home / "data"
        for room in rooms.iterdir() if rooms.is_dir() else ():
            if room.name not in named:
                shutil.rmtree(room, ignore_errors=True)


def _files(table: Table, snapshot: IcebergSnapshot) -> list[DataFile]:
    """From the manifests themselves: a scan would leave out a file without rows, and with it the table's columns."""
    return [
        entry.data_file
        for manifest in snapshot.manifests(table.io)
        for entry in manifest.fetch_manifest_entry(table.io, discard_deleted=True)
    ]


def _identifier(resource: ResourceName) -> tuple[str, str]:
    return resource.department, resource.table


def _next(table: Table) -> int:
    return max(table.schemas()) + 1


def _delivery(snapshot: IcebergSnapshot) -> str:
    summary = snapshot.summary
    return str(summary.additional_properties.get(DELIVERY, "")) if summary else ""


@contextmanager
def _alone(home: Path, resource: ResourceName) -> Iterator[None]:
    """One writer a table, in this process or another. The lock falls with the process, however it ends."""
    home.mkdir(parents=True, exist_ok=True)
    with open(home / ".lock", "w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LakeTableBusy(resource) from None
        yield


def _written(room: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[Path]:
    """Parquet files of some million rows; at least one, so that a table without rows still has its columns."""
    groups = _groups(batches, schema)
    group, number = next(groups, None), 0
    room.mkdir(parents=True, exist_ok=True)
    while group is not None or number == 0:
        path, rows = room / f"part-{number:05d}.parquet", 0
        # Packing and writing a group goes on in a thread of its own while the next one is read.
        with (
            pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer,
            ThreadPoolExecutor(1) as hand,
        ):
            while group is not None and rows < _ROWS_OF_A_FILE:
                writing = hand.submit(writer.write_table, group, row_group_size=group.num_rows)
                rows += group.num_rows
                group = next(groups, None)
                writing.result()
        _made_durable(path)
        number += 1
        yield path
    _made_durable(room)


def _groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """Batches gathered to row groups. Casting to `schema` only adds the columns' ids; the types are the same already."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= _ROW_GROUP:
            yield pa.Table.from_batches(held).cast(schema)
            held, rows = [], 0
    if rows:
        yield pa.Table.from_batches(held).cast(schema)


def _made_durable(path: Path) -> None:
    """On the disk, not only promised to it: the commit that follows must not outlive its files."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
