"""Ways of writing that mean the same give the same, on the engine; and time is told as the person's clock tells it."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from datong.engines.duckdb.engine import DuckDBInThisProcess
from datong.gateway.answer import Answer
from datong.gateway.run import run
from tests.unit.gateway.small_county import Book, Keys, asking, officer, small_county

HERE = timezone(timedelta(hours=8))
MOMENT = datetime(2026, 3, 5, 6, 30, tzinfo=HERE)  # still the 4th in UTC


def answered(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    request = asking(sql, actor=officer("police"), at=MOMENT)
    answer = run(
        request, shelf=small_county(folder), engine=DuckDBInThisProcess(), recorder=Book(), keys=Keys()
    )
    assert isinstance(answer, Answer), answer
    return [tuple(row.values()) for row in answer.table.to_pylist()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT id FROM police.resident ORDER BY id FETCH FIRST 3 ROWS ONLY", "SELECT id FROM police.resident ORDER BY id LIMIT 3"),
        ("SELECT id FROM police.resident ORDER BY id FETCH NEXT ROW ONLY", "SELECT id FROM police.resident ORDER BY id LIMIT 1"),
        ("SELECT * FROM range(3)", "SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2"),
        ("SELECT * FROM generate_series(1, 2)", "SELECT 1 UNION ALL SELECT 2"),
        ("SELECT DISTINCT ON (\"Ward No\") \"Ward No\", id FROM police.resident ORDER BY \"Ward No\", id", "SELECT \"Ward No\", min(id) FROM police.resident GROUP BY 1 ORDER BY 1"),
        ("SELECT DISTINCT ON (w) length(\"Ward No\") AS w, 1 FROM police.resident", "SELECT 1, 1"),
        ("SELECT \"Ward No\", count(*) FROM police.resident GROUP BY ALL ORDER BY 1", "SELECT \"Ward No\", count(*) FROM police.resident GROUP BY 1 ORDER BY 1"),
        ("\ufeffSELECT 1", "SELECT 1"),
    ],
)  # fmt: skip
def test_two_ways_to_write_the_same_give_the_same(tmp_path: Path, one: str, other: str) -> None:
    assert answered(tmp_path, one) == answered(tmp_path, other)


def test_time_is_the_requests_and_seconds_are_counted_from_utc(tmp_path: Path) -> None:
    [(day, moment, local, seconds, also, millis)] = answered(
        tmp_path,
        "SELECT today(), now(), localtimestamp, epoch(now()), extract(epoch FROM (now())), epoch_ms(now())",
    )
    assert day == date(2026, 3, 5)
    assert moment == local == datetime(2026, 3, 5, 6, 30)
    assert seconds == also == MOMENT.timestamp()
    assert millis == 1000 * MOMENT.timestamp()
    assert datetime.fromtimestamp(seconds, UTC) == MOMENT


def test_an_age_is_told_of_the_requests_day(tmp_path: Path) -> None:
    [(age, explicit)] = answered(
        tmp_path,
        "SELECT CAST(age(DATE '2026-03-02') AS TEXT), CAST(age(DATE '2026-03-05', DATE '2026-03-02') AS TEXT)",
    )
    assert age == explicit == "3 days"


def test_days_added_to_a_date_are_a_date(tmp_path: Path) -> None:
    [(five, six)] = answered(
        tmp_path, "SELECT date_add(DATE '2026-01-01', 5), date_add(DATE '2026-01-01', INTERVAL 6 DAY)"
    )
    assert type(five) is date
    assert five == date(2026, 1, 6)
    assert six == datetime(2026, 1, 7)
