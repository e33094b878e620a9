"""Landing a table end to end beside what only copies it: DuckDB from CSV to Parquet, ConnectorX from a database to Parquet.

Ours does more on the way (encoding, widths, types by every value, quarantine, catalogue, one atomic commit with history);
the ratio says what that costs. Each run is a process of its own, so that its peak memory is its own.
"""

import multiprocessing
import resource
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter

import duckdb

from tests.stores import postgresql

ROWS = 400_000
TURNS = 3
_COLUMNS = """
    i AS id, '姓名' || i AS 姓名, '9901011990010' || lpad((i % 100000)::VARCHAR, 5, '0') AS 身份证号,
    DATE '1950-01-01' + (i % 25000)::INTEGER AS 出生日期, ((i * 37) % 1000000 / 100)::DECIMAL(12, 2) AS 金额,
    '长江街道第' || i % 97 || '居民委员会' || i % 300 || '号楼' AS 住址, i % 7 AS 户内人数,
    TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS 更新时间, 'active' AS status, i % 2 = 0 AS 有效,
    CASE WHEN i % 5 = 0 THEN NULL ELSE '备注' || i % 11 END AS 备注, 'X' || i AS 档案编号
"""


def main() -> None:
    found = postgresql.binaries()
    with (
        tempfile.TemporaryDirectory(prefix="datong-bench-") as folder,
        postgresql.running() if found else nullcontext("") as server,
    ):
        made = Path(folder)
        _make(made, server)
        csv = made / "csv"
        sqlite = f"sqlite:///{made / 'people.sqlite'}"
        print(f"{ROWS:,} rows × 12 columns, medians of {TURNS} turns")
        _compare(
            "CSV, UTF-8",
            (str(csv / "utf8"), "people.csv"),
            "DuckDB read_csv",
            _duckdb_csv,
            csv / "utf8" / "people.csv",
        )
        _compare(
            "CSV, GB 18030 with quotes",
            (str(csv / "gb"), "people.csv"),
            "DuckDB read_csv of the UTF-8",
            _duckdb_csv,
            csv / "utf8" / "people.csv",
        )
        _compare(
            "SQLite", (sqlite, "people"), "ConnectorX", _connectorx, sqlite.replace("sqlite:///", "sqlite://")
        )
        if server:
            _compare("PostgreSQL", (server, "people"), "ConnectorX", _connectorx, _for_connectorx(server))
        else:
            print("PostgreSQL: no server on this machine")


def _compare(
    what: str, ours: tuple[str, str], peers_name: str, peer: Callable[..., None], *arguments: object
) -> None:
    # In turns, so that what else the machine does falls on both.
    turns = [(_run(_land, *ours), _run(peer, *arguments)) for _ in range(TURNS)]
    mine, theirs = (
        tuple(map(statistics.median, zip(*side, strict=True))) for side in zip(*turns, strict=True)
    )
    print(
        f"{what:<28} {ROWS / mine[0]:>9,.0f} rows/s, {mine[1]:,.0f} MB    "
        f"{peers_name} {ROWS / theirs[0]:,.0f} rows/s, {theirs[1]:,.0f} MB    ours takes {mine[0] / theirs[0]:.1f}× as long"
    )


def _run(work: Callable[..., None], *arguments: object) -> tuple[float, float]:
    """Seconds of the work itself and the peak memory of its process in MB."""
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_timed, args=(its, work, arguments))
    process.start()
    its.close()  # so that a process that fails ends the wait for its answer
    seconds, megabytes = ours.recv()
    process.join()
    return seconds, megabytes


def _timed(pipe, work: Callable[..., None], arguments: tuple[object, ...]) -> None:  # type: ignore[no-untyped-def]
    with tempfile.TemporaryDirectory(prefix="datong-bench-") as folder:
        work(Path(folder), None, *arguments)  # imports and opens once, on nothing
        started = perf_counter()
        work(Path(folder) / "timed", "all", *arguments)
        seconds = perf_counter() - started
    pipe.send((seconds, _peak()))


def _peak() -> float:
    """MB of this process at its largest. Linux's own figure, since ru_maxrss would begin with the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _land(home: Path, what: str | None, url: str, table: str) -> None:
    from datong.engines.databases import DATABASES
    from datong.engines.lake import IcebergLake
    from datong.intake import actions
    from datong.intake.files import Files
    from datong.intake.workroom import Workroom
    from tests.fakes import ADMIN, NOON, FakeCatalogueStore, FakeIntakeStore

    lake, store, catalogue = IcebergLake(home / "lake"), FakeIntakeStore(), FakeCatalogueStore()
    if what is None:
        return
    source = actions.add_source(
        store=store, catalogue=catalogue, name="bench", url=url, department="police", by=ADMIN, at=NOON
    )
    delivery = actions.land(
        source=source,
        table=table,
        store=store,
        catalogue=catalogue,
        lake=lake,
        readers={"": Files(), **DATABASES},
        room=Workroom(home),
        by=ADMIN,
        at=NOON,
    )
    assert delivery.landed == ROWS, (delivery.stopped_because, delivery.repairs, delivery.quarantine[:3])


def _duckdb_csv(home: Path, what: str | None, path: Path) -> None:
    if what:
        home.mkdir()
        with duckdb.connect() as connection:
            connection.execute("SET threads = 2; SET enable_progress_bar = false")
            connection.execute(f"COPY (FROM read_csv('{path}')) TO '{home}/t.parquet' (COMPRESSION zstd)")


def _connectorx(home: Path, what: str | None, url: str) -> None:
    import connectorx
    import pyarrow.parquet as pq

    if what:
        home.mkdir()
        table = connectorx.read_sql(url, "SELECT * FROM people", return_type="arrow")
        pq.write_table(table, home / "t.parquet", compression="zstd")


def _make(folder: Path, server: str) -> None:
    utf8, gb = folder / "csv" / "utf8", folder / "csv" / "gb"
    utf8.mkdir(parents=True)
    gb.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE people AS SELECT {_COLUMNS} FROM range({ROWS}) t(i)")
        connection.execute(f"COPY people TO '{utf8}/people.csv' (HEADER)")
        connection.execute(f"COPY people TO '{gb}/quoted.csv' (HEADER, FORCE_QUOTE *)")
        quoted = gb / "quoted.csv"
        (gb / "people.csv").write_bytes(quoted.read_text("utf-8").encode("gb18030"))
        quoted.unlink()
        rows = connection.execute("FROM people").fetchall()
    _into_sqlite(folder / "people.sqlite", rows)
    if server:
        _into_postgresql(server, utf8 / "people.csv")


def _into_sqlite(path: Path, rows: list[tuple[object, ...]]) -> None:
    kinds = "INTEGER, 姓名 TEXT, 身份证号 TEXT, 出生日期 TEXT, 金额 REAL, 住址 TEXT, 户内人数 INTEGER, 更新时间 TEXT, status TEXT, 有效 INTEGER, 备注 TEXT, 档案编号 TEXT"

    def kept() -> Iterator[tuple[object, ...]]:
        for row in rows:
            yield (
                *row[:3],
                str(row[3]),
                float(row[4]),
                *row[5:7],
                str(row[7]),
                row[8],
                int(row[9]),
                *row[10:],
            )  # type: ignore[arg-type]

    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE people (id {kinds})")
        database.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", kept())
    database.close()


def _into_postgresql(server: str, path: Path) -> None:
    import psycopg

    with psycopg.connect(server) as database, database.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE people (id bigint, 姓名 text, 身份证号 text, 出生日期 date, 金额 numeric(12,2), 住址 text, 户内人数 int, "
            "更新时间 timestamp, status text, 有效 boolean, 备注 text, 档案编号 text)"
        )
        with cursor.copy("COPY people FROM STDIN (FORMAT csv, HEADER)") as copy, open(path, "rb") as file:
            while block := file.read(1 << 20):
                copy.write(block)


def _for_connectorx(server: str) -> str:
    """ConnectorX wants the socket's folder as the host."""
    from urllib.parse import parse_qs, quote, urlsplit

    parts = urlsplit(server)
    host = parse_qs(parts.query)["host"][0]
    return f"postgresql://{parts.username}@{quote(host, safe='')}{parts.path}"


if __name__ == "__main__":
    main()
