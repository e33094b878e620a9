"""An answer as a table on the terminal, CSV, JSON or Parquet."""

import json
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from datong.cli.outcome import table_lines
from datong.gateway.csv_file import csv_file
from datong.terms.fault import Fault
from datong.terms.text import Text

FORMS = ("table", "csv", "json", "parquet")
SHOWN = 200  # rows on a terminal; a file gets them all


class ParquetNeedsAFile(Fault):
    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="Parquet 不是文本，不能显示在终端上。请用 --output 指定文件。",
                en="Parquet isn't text and can't be shown on a terminal. Name a file with --output.",
            )
        )


def write(table: pa.Table, *, form: str, to: Path | None) -> None:
    """Writes `table` in `form` to a file, or to the terminal where `to` is None. CSV files begin with a BOM, for Excel."""
    if form == "parquet":
        if to is None:
            raise ParquetNeedsAFile()
        pq.write_table(table, to)
        return
    data = {"table": _table, "csv": csv_file, "json": _json}[form](table)
    if to is None:
        sys.stdout.write(data.decode("utf-8-sig"))
    else:
        to.write_bytes(data)


def _table(table: pa.Table) -> bytes:
    rows = table.slice(0, SHOWN).to_pylist()
    lines = table_lines(table.column_names, [list(row.values()) for row in rows]) if table.num_columns else []
    left = table.num_rows - len(rows)
    lines.append(
        f"{table.num_rows} rows" + (f", {left} not shown (--output FILE gets them all)" if left else "")
    )
    return ("\n".join(lines) + "\n").encode()


def _json(table: pa.Table) -> bytes:
    return json.dumps(table.to_pylist(), ensure_ascii=False, indent=2, default=_json_value).encode() + b"\n"


def _json_value(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else repr(value)
