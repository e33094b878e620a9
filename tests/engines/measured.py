"""A column, or several, put before the measurer as a landed snapshot."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from datong.catalogue.snapshot import Snapshot
from datong.engines.duckdb.measure import DuckDBMeasurer
from datong.grading.measure import ColumnMeasure
from datong.grading.pack import GradingPack, read
from datong.terms.names import ResourceName

PACK: GradingPack = read(Path(__file__).parents[2] / "rules" / "cn")
TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.decimal128(38, 9),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "timestamp": pa.timestamp("us"),
}


def landed(folder: Path, columns: Mapping[str, tuple[str, Sequence[Any]]], *, files: int = 1) -> Snapshot:
    """`columns` are name → (type, values)."""
    arrays = [pa.array(values, TYPES[type_]) for type_, values in columns.values()]
    table = pa.Table.from_arrays(
        arrays, schema=pa.schema([pa.field(n, a.type) for n, a in zip(columns, arrays, strict=True)])
    )
    written = []
    for at in range(files):
        path = folder / f"part{at}.parquet"
        size = -(-max(table.num_rows, 1) // files)
        pq.write_table(table.slice(at * size, size), path)
        written.append(str(path))
    typed = tuple((name, type_) for name, (type_, _) in columns.items())
    return Snapshot(ResourceName("police", "resident"), "1", tuple(written), table.num_rows, typed, "D-1")


def measures(
    folder: Path, columns: Mapping[str, tuple[str, Sequence[Any]]], **how: int
) -> tuple[ColumnMeasure, ...]:
    return DuckDBMeasurer(threads=1).measure(landed(folder, columns, **how), PACK.detectors)


def hits(folder: Path, values: Sequence[str | None]) -> dict[str, int]:
    """Detector → how many of the non-empty values pass it."""
    measured = measures(folder, {"c": ("text", values)})[0]
    return {id: round(share * measured.filled) for id, share in measured.shares.items()}
