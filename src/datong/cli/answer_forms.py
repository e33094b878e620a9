"""An answer as a table on the terminal, CSV, JSON or Parquet."""

import csv
import io
import json
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from datong.cli.outcome import table_lines
from datong.terms.fault import Fault
from datong.terms.text import Text

FORMS = ("table", "csv", "json", "parquet")
SHOWN = 200  # rows on a terminal; a file gets them all

# A spreadsheet runs a cell that begins so. A leading apostrophe makes it text again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
    text = {"table": _table, "csv": _csv, "json": _json}[form](table)
    if to is None:
        sys.stdout.write(text)
    else:
        to.write_text(text, "utf-8-sig" if form == "csv" else "utf-8", newline="")


def safe_cell(value: Any) -> Any:
    """A cell that a spreadsheet won't run. Numbers stay numbers."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _table(table: pa.Table) -> str:
    rows = table.slice(0, SHOWN).to_pylist()
    lines = table_lines(table.column_names, [list(row.values()) for row in rows]) if table.num_columns else []
    left = table.num_rows - len(rows)
    lines.append(
        f"{table.num_rows} rows" + (f", {left} not shown (--output FILE gets them all)" if left else "")
    )
    return "\n".join(lines) + "\n"


def _csv(table: pa.Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(name) for name in table.column_names])
    for batch in table.to_batches():
        writer.writerows(
            [map(safe_cell, row) for row in zip(*(c.to_pylist() for c in batch.columns), strict=True)]
        )
    return out.getvalue()


def _json(table: pa.Table) -> str:
    return json.dumps(table.to_pylist(), ensure_ascii=False, indent=2, default=_json_value) + "\n"


def _json_value(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else repr(value)
