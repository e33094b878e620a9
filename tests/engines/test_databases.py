"""Departments' databases read into Arrow: exact types, one moment in time, and a clear word when they go away."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from datong.engines.databases import DATABASES
from datong.intake.delivery import DeliveryState
from datong.intake.reader import NoReaderFor, NoSuchTable, SourceOutOfReach, reader_of
from datong.intake.tally import Tally
from tests.stores import postgresql
from tests.unit.intake.conftest import Intake


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path)


def rows_of(url: str, table: str, tmp_path: Path) -> tuple[pa.Schema, list[tuple]]:
    with (
        reader_of(url, DATABASES).open(url, table) as delivered,
        Tally(file=table, path=tmp_path / "quarantine.jsonl") as tally,
    ):
        batches = [rows.columns for rows in delivered.rows(tally, lambda size, whole: None)]
        found = [tuple(row.values()) for batch in batches for row in batch.to_pylist()]
        assert tally.read == len(found) + tally.quarantined
        assert delivered.fingerprint
        return delivered.schema, found


def test_a_url_nobody_reads_says_what_can_be_read() -> None:
    with pytest.raises(NoReaderFor, match="oracle://"):
        reader_of("oracle://x", DATABASES)


class TestSQLite:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / "户籍 库.sqlite"

    def make(self, path: Path, *statements: str) -> str:
        with sqlite3.connect(path) as database:
            for statement in statements:
                database.execute(statement)
        database.close()
        return f"sqlite:///{path}"

    def test_columns_are_read_by_what_they_hold(self, path: Path, tmp_path: Path) -> None:
        url = self.make(
            path,
            "CREATE TABLE 人口 (id INTEGER PRIMARY KEY, 姓名 TEXT, 身份证号 TEXT, 得分 REAL, 混 , 空 TEXT)",
            "INSERT INTO 人口 VALUES (1, '甲', '0099', 1.5, 7, NULL), (2, NULL, '1', 2, 'x', NULL), (3, '', '2', NULL, 2.5, NULL)",
        )
        schema, rows = rows_of(url, "人口", tmp_path)
        assert schema.types == [pa.int64(), pa.string(), pa.string(), pa.float64(), pa.string(), pa.string()]
        assert rows == [
            (1, "甲", "0099", 1.5, "7", None),
            (2, None, "1", 2.0, "x", None),
            (3, "", "2", None, "2.5", None),
        ]

    def test_text_declared_as_text_never_becomes_a_number_but_dates_are_found(
        self, path: Path, intake: Intake
    ) -> None:
        url = self.make(
            path,
            "CREATE TABLE t (级别 TEXT, 出生日期 TEXT, 人数 INTEGER)",
            "INSERT INTO t VALUES ('1', '1990-01-02', 3), ('2', '1991/2/3', 4)",
        )
        delivery = intake.land("t", source=intake.source(url))
        assert intake.types(delivery) == {"级别": "text", "出生日期": "date", "人数": "integer"}
        assert intake.rows(delivery) == [("1", date(1990, 1, 2), 3), ("2", date(1991, 2, 3), 4)]
        assert intake.land("t").state is DeliveryState.UNCHANGED

    def test_whole_numbers_beyond_a_doubles_reach_arent_rounded(self, path: Path, tmp_path: Path) -> None:
        url = self.make(
            path,
            "CREATE TABLE t (a, b)",
            "INSERT INTO t VALUES (9007199254740993, 9007199254740993), (1, 0.5)",
        )
        schema, rows = rows_of(url, "t", tmp_path)
        assert schema.types == [pa.int64(), pa.string()]
        assert rows == [(9007199254740993, "9007199254740993"), (1, "0.5")]

    def test_text_that_isnt_utf8_costs_its_row_with_a_reason(self, path: Path, intake: Intake) -> None:
        url = self.make(
            path, "CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('好'), (CAST(x'C4E3' AS TEXT)), ('再')"
        )
        delivery = intake.land("t", source=intake.source(url))
        assert intake.rows(delivery) == [("好",), ("再",)]
        assert intake.quarantined(delivery) == [(2, "cell.not_utf8")]

    def test_the_file_is_never_written_to(self, path: Path, tmp_path: Path) -> None:
        url = self.make(path, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
        before = path.read_bytes()
        rows_of(url, "t", tmp_path)
        assert path.read_bytes() == before

    def test_tables_and_views_are_offered_and_others_refused(self, path: Path, tmp_path: Path) -> None:
        url = self.make(
            path,
            "CREATE TABLE b (a)",
            "CREATE VIEW a AS SELECT a + 1 AS n FROM b",
            "CREATE TABLE c (a PRIMARY KEY)",
        )
        assert DATABASES["sqlite"].tables(url) == ("a", "b", "c")
        with pytest.raises(NoSuchTable):
            rows_of(url, 'b" --', tmp_path)

    @pytest.mark.parametrize(
        "content", [None, b"not a database at all, but long enough to look like one" * 20]
    )
    def test_what_is_no_database_is_said_to_be_out_of_reach(self, path: Path, content: bytes | None) -> None:
        if content:
            path.write_bytes(content)
        with pytest.raises(SourceOutOfReach):
            DATABASES["sqlite"].tables(f"sqlite:///{path}")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if postgresql.binaries() is None:
        pytest.skip("no PostgreSQL server on this machine")
    with postgresql.running() as url:
        yield url


@pytest.mark.slow
class TestPostgreSQL:
    @pytest.fixture
    def run(self, server: str):
        import psycopg

        with psycopg.connect(server, autocommit=True) as database:
            database.execute(
                "DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS crm CASCADE"
            )
            yield database.execute

    def test_every_type_arrives_exactly(self, run, server: str, tmp_path: Path) -> None:
        run("CREATE DOMAIN amount AS numeric(10,2); CREATE TYPE mood AS ENUM ('glad')")
        run(
            "CREATE TABLE t (a bigint, b varchar(9), c char(4), d numeric, e numeric(12,3), f date, g timestamp, h timestamptz, "
            "i boolean, j float8, k real, l jsonb, m int[], n bytea, o amount, p uuid, q mood, r interval)"
        )
        run(
            "INSERT INTO t VALUES (9223372036854775807, '甲,\"乙\"\n丙', 'ab', 12345678901234567890.123456, 2.25, '2020-02-29', "
            "'2020-01-01 10:11:12.123456', '2020-01-01 00:00+08', true, 0.1, 0.1, '{\"a\": 1}', '{1,2}', '\\x00ff', 3.5, "
            "'6f1c2d3e-0000-0000-0000-000000000000', 'glad', '1 day')"
        )
        run("INSERT INTO t (b, d) VALUES ('', 0.5)")
        _, rows = rows_of(server, "t", tmp_path)
        assert rows[0] == (
            9223372036854775807, '甲,"乙"\n丙', "ab", Decimal("12345678901234567890.123456"), Decimal("2.250"), date(2020, 2, 29),
            datetime(2020, 1, 1, 10, 11, 12, 123456), datetime(2019, 12, 31, 16, tzinfo=UTC), True, 0.1, 0.1, '{"a": 1}', "{1,2}",
            "\\x00ff", Decimal("3.50"), "6f1c2d3e-0000-0000-0000-000000000000", "glad", "1 day",
        )  # fmt: skip
        assert rows[1][:4] == (None, "", None, Decimal("0.500000"))  # an empty text isn't no value
        assert set(rows[1][4:]) == {None}

    def test_what_has_no_counterpart_stays_the_databases_own_text(
        self, run, server: str, tmp_path: Path
    ) -> None:
        run("CREATE TABLE t (d date, n numeric); INSERT INTO t VALUES ('infinity', 'NaN'), ('2020-01-01', 1)")
        _, rows = rows_of(server, "t", tmp_path)
        assert rows == [("infinity", "NaN"), ("2020-01-01", "1")]

    def test_text_stays_text_and_is_put_right(self, run, server: str, intake: Intake) -> None:
        run("CREATE TABLE t (级别 text, 身份证号 text)")
        run("INSERT INTO t VALUES ('１', '99010119900101003x'), ('2 ', '9.90101E+17')")
        delivery = intake.land("t", source=intake.source(server))
        assert intake.types(delivery) == {"级别": "text", "身份证号": "text"}
        assert intake.rows(delivery) == [("1", "99010119900101003X")]
        assert intake.quarantined(delivery) == [(2, "identity.lost_precision 身份证号")]
        assert intake.land("t").state is DeliveryState.UNCHANGED

    def test_tables_of_other_schemas_have_their_schemas_name(self, run, server: str) -> None:
        run(
            "CREATE TABLE t (a int); CREATE SCHEMA crm; CREATE TABLE crm.t (a int); CREATE VIEW v AS SELECT 1 AS a"
        )
        assert DATABASES["postgresql"].tables(server) == ("crm.t", "t", "v")

    def test_a_changed_column_type_is_a_question(self, run, server: str, intake: Intake) -> None:
        run("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x')")
        intake.land("t", source=intake.source(server))
        run("ALTER TABLE t ALTER a TYPE text")
        stopped = intake.land("t")
        assert stopped.state is DeliveryState.STOPPED
        assert "a (1)" in stopped.stopped_because.en
        assert intake.types(intake.land("t", accept_changes=True)) == {"a": "text", "b": "text"}

    def test_a_database_that_goes_away_half_way_leaves_the_last_good_snapshot(
        self, run, server: str, intake: Intake
    ) -> None:
        import psycopg

        run("CREATE TABLE t AS SELECT i AS n, repeat('x', 300) AS x FROM generate_series(1, 100000) i")
        first = intake.land("t", source=intake.source(server))
        run("UPDATE t SET n = n + 1 WHERE n = 1")
        ended = []

        def cut(progress) -> None:
            if progress.phase == "land" and not ended:
                with psycopg.connect(server, autocommit=True) as other:
                    ended.append(
                        other.execute(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY%'"
                        ).fetchall()
                    )

        stopped = intake.land("t", progress=cut)
        assert ended == [[(True,)]]
        assert stopped.state is DeliveryState.STOPPED
        assert "went away" in stopped.stopped_because.en
        assert intake.lake.current(first.resource).id == first.snapshot
        assert intake.land("t").state is DeliveryState.LANDED

    def test_a_password_is_in_no_error(self) -> None:
        with pytest.raises(SourceOutOfReach) as refused:
            DATABASES["postgresql"].tables("postgresql://someone:geheim@127.0.0.1:1/x")
        assert "geheim" not in str(refused.value) + repr(vars(refused.value))
        assert refused.value.__cause__ is None
