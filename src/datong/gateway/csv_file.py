"""An answer as a CSV file that a spreadsheet program opens as it is: a byte-order mark, and no cell that acts."""

import csv
import io
from typing import Any

import pyarrow as pa

# What Excel, WPS and LibreOffice take for the start of a formula, the full-width forms and line breaks included.
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def csv_file(table: pa.Table) -> bytes:
    """UTF-8 with a byte-order mark, without which Excel reads Chinese as GB18030."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([inert(name) for name in table.column_names])
    for batch in table.to_batches(max_chunksize=10_000):
        columns = [[inert(value) for value in column.to_pylist()] for column in batch.columns]
        writer.writerows(zip(*columns, strict=True))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def inert(value: Any) -> Any:
    """Text that a spreadsheet would run gets an apostrophe before it. A number is a number, also a negative one."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return "'" + value
    return "" if value is None else value
