"""What makes much of little takes its number in writing."""

import pytest

from datong.gateway.reads import read
from datong.terms.refusal import Refusal

ALLOWED = [
    "SELECT repeat('ab', 10000)",
    "SELECT lpad(kind, 5, '0'), rpad(kind, 20, ' ') FROM welfare.allowance",
    "SELECT x FROM range(999999) t(x)",
    "SELECT x FROM generate_series(-5, 5) t(x)",
    "SELECT x FROM range(10, 0, -1) t(x)",
    "SELECT range(0, 5000000, 10)",
    "SELECT d FROM generate_series(DATE '2020-01-01', DATE '2026-12-31', INTERVAL 1 DAY) t(d)",
    "SELECT d FROM generate_series(DATE '2020-01-01', current_date, INTERVAL '1' MONTH) t(d)",
]
REFUSED = [
    "SELECT kind FROM welfare.allowance WHERE md5(repeat(kind, CASE WHEN amount > 7 THEN 150000000 ELSE 1 END)) > ''",
    "SELECT repeat('ab', 10001)",
    "SELECT repeat('ab', 99999999999999999999)",
    "SELECT repeat('ab', '5')",
    "SELECT repeat('ab', 5 * 5)",
    "SELECT lpad(kind, amount, '0') FROM welfare.allowance",
    "SELECT rpad(kind, 100000, '0') FROM welfare.allowance",
    "SELECT range(amount) FROM welfare.allowance",
    "SELECT x FROM range(1000001) t(x)",
    "SELECT x FROM generate_series(-9000000, 1) t(x)",
    "SELECT unnest(generate_series(1, CASE WHEN amount > 7 THEN 1000000 ELSE 1 END)) FROM welfare.allowance",
    "SELECT d FROM generate_series(DATE '2020-01-01', DATE '2026-12-31', INTERVAL 1 SECOND) t(d)",
    "SELECT d FROM generate_series(DATE '0001-01-01', DATE '9999-12-31', INTERVAL 1 DAY) t(d)",
    "SELECT d FROM generate_series(since, DATE '2026-12-31', INTERVAL 1 DAY) t(d)",
]


@pytest.mark.parametrize("sql", ALLOWED)
def test_an_amount_that_can_be_read_is_served(sql: str) -> None:
    found = read(sql, dialect="duckdb")
    assert not isinstance(found, Refusal), found


@pytest.mark.parametrize("sql", REFUSED)
def test_an_amount_that_is_computed_or_large_is_refused(sql: str) -> None:
    found = read(sql, dialect="duckdb")
    assert isinstance(found, Refusal)
    assert found.code == "gateway.amount_not_plain"
