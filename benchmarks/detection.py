"""Finding sensitive columns: cells a second, beside two peers on the same cells: the same questions asked of each value
in Python (re and python-stdnum), and DuckDB reading the columns and counting different values without asking anything."""

import random
import re
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from stdnum import luhn
from stdnum.cn import ric, uscc

from datong.catalogue.credit_code import ALPHABET, check_character
from datong.catalogue.snapshot import Snapshot
from datong.engines.duckdb.measure import DuckDBMeasurer
from datong.grading import pack
from datong.terms.names import ResourceName

ROW_GROUP = 122_880  # as the lake writes them; one group goes to one thread
ROWS = 500_000
PEER_ROWS = 10_000
RULES = Path(__file__).resolve().parents[1] / "rules" / "cn"


def main() -> None:
    rules = pack.read(RULES)
    table = _invented(ROWS)
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "table.parquet")
        pq.write_table(table, file, row_group_size=ROW_GROUP)
        columns = tuple((name, "text") for name in table.column_names)
        snapshot = Snapshot(ResourceName("bench", "people"), "1", (file,), ROWS, columns, "D")
        cells = ROWS * len(columns)
        start, worked = perf_counter(), process_time()
        DuckDBMeasurer().measure(snapshot, rules.detectors)
        ours, per_core = cells / (perf_counter() - start), cells / (process_time() - worked)
        raw = cells / _raw(file, table.column_names)
    peer_table = table.slice(0, PEER_ROWS)
    start = perf_counter()
    _in_python(peer_table, [re.compile(d.pattern) for d in rules.detectors if d.pattern])
    peer = PEER_ROWS * len(columns) / (perf_counter() - start)
    print(f"{ROWS:,} rows × {len(columns)} columns × {len(rules.detectors)} detectors")
    print(f"ours                                        {ours:12,.0f} cells/s")
    print(f"  per second of processor time              {per_core:12,.0f} cells")
    print(
        f"a value at a time (re, python-stdnum)       {peer:12,.0f} cells/s   ours is {ours / peer:.0f} times that"
    )
    print(
        f"DuckDB, reading and counting only           {raw:12,.0f} cells/s   ours is {ours / raw:.2f} of that"
    )


def _raw(file: str, names: list[str]) -> float:
    with duckdb.connect(config={"threads": 2}) as session:
        table = session.read_parquet(file)
        start = perf_counter()
        table.aggregate(
            ", ".join(f'approx_count_distinct("{n}"), max(length("{n}"))' for n in names)
        ).fetchall()
        return perf_counter() - start


def _in_python(table: pa.Table, patterns: list[re.Pattern[str]]) -> int:
    found = 0
    for column in table.columns:
        for value in column.to_pylist():
            found += sum(bool(pattern.search(value)) for pattern in patterns)
            found += _valid_identity(value) + uscc.is_valid(value) + luhn.is_valid(value)
    return found


def _valid_identity(value: str) -> bool:
    try:
        return bool(ric.is_valid(value))
    except KeyError:  # it looks the county up in its birth year, and not every year is there
        return False


def _invented(rows: int) -> pa.Table:
    """Ten columns as a department might keep them, about nobody: areas begin with 99."""
    draw = random.Random(20261123)
    digits = "0123456789"
    born = [
        f"{draw.randrange(1930, 2020)}{draw.randrange(1, 13):02}{draw.randrange(1, 29):02}"
        for _ in range(rows)
    ]
    surnames, given = "王李张刘陈杨黄赵吴周", "伟芳娜敏静强磊军洋勇艳杰涛明超"
    return pa.table(
        {
            "c0": [f"{draw.choice(surnames)}{''.join(draw.choices(given, k=2))}" for _ in range(rows)],
            "c1": [_identity(f"990101{day}{draw.randrange(1000):03}") for day in born],
            "c2": [f"1{draw.choice('3578')}{''.join(draw.choices(digits, k=9))}" for _ in range(rows)],
            "c3": [f"某省某市某区长江街{draw.randrange(1, 999)}号{draw.randrange(1, 40)}室" for _ in range(rows)],
            "c4": [f"990101{day}{draw.randrange(10_000):04}" for day in born],  # case numbers
            "c5": [_credit(f"9199{draw.randrange(10_000):04}{''.join(draw.choices(ALPHABET, k=9))}") for _ in range(rows)],
            "c6": [f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in born],
            "c7": draw.choices(["有效", "注销", "暂停"], k=rows),
            "c8": [f"{draw.randrange(100_000) / 100:.2f}" for _ in range(rows)],
            "c9": ["来电反映小区夜间施工扰民，请核实处理后回复" for _ in range(rows)],
        }
    )  # fmt: skip


def _identity(first: str) -> str:
    remainder = 0
    for digit in first:
        remainder = (remainder + int(digit)) * 2 % 11
    return first + "10X98765432"[remainder]


def _credit(first: str) -> str:
    return first + check_character(first)
