"""Which columns a query needs, through stars, sub-queries, CTEs and set operations."""

import pytest

from datong.gateway.reads import Parsed, read
from datong.gateway.resolve import Resolved, resolve
from datong.terms.names import ResourceName
from datong.terms.refusal import Refusal

T, U = ResourceName("p", "t"), ResourceName("p", "u")
COLUMNS = {T: ("id", "NAME", "Ward No", "姓名", "amount", "secret"), U: ("id", "x", "amount")}

NEEDED = [
    ("SELECT name FROM p.t", {"NAME"}, set()),
    ('SELECT "ward no", 姓名 FROM p.t', {"Ward No", "姓名"}, set()),
    ("SELECT p.t.name FROM p.t", {"NAME"}, set()),
    ("SELECT count(*) FROM p.t", set(), set()),
    ("SELECT * FROM p.t", set(), set()),
    ("SELECT id FROM (SELECT * FROM p.t)", {"id"}, set()),
    ("SELECT id FROM (SELECT id, secret FROM p.t)", {"id", "secret"}, set()),
    ("SELECT c.* FROM (SELECT * FROM p.t) c WHERE c.secret = 'x'", {"secret"}, set()),
    ("WITH a AS (SELECT * FROM p.t), b AS (SELECT * FROM a) SELECT secret FROM b", {"secret"}, set()),
    ("SELECT * EXCLUDE (secret) FROM p.t", set(), set()),
    ("SELECT * REPLACE (upper(name) AS name) FROM p.t", {"NAME"}, set()),
    ("SELECT 1 FROM p.t WHERE secret = 'x'", {"secret"}, set()),
    ("SELECT 1 FROM p.t ORDER BY secret", {"secret"}, set()),
    ("SELECT 1 FROM p.t GROUP BY secret", {"secret"}, set()),
    ("SELECT count(*) FROM p.t HAVING max(secret) > 'x'", {"secret"}, set()),
    ("SELECT 1 FROM p.t QUALIFY row_number() OVER (ORDER BY secret) = 1", {"secret"}, set()),
    ("SELECT sum(amount) OVER (PARTITION BY secret) FROM p.t", {"amount", "secret"}, set()),
    ("SELECT count(*) FILTER (WHERE secret = 'x') FROM p.t", {"secret"}, set()),
    ("SELECT DISTINCT ON (secret) id FROM p.t", {"id", "secret"}, set()),
    ("SELECT DISTINCT ON (secret) secret, id FROM p.t ORDER BY secret, id", {"id", "secret"}, set()),
    ("SELECT DISTINCT ON (1) amount FROM p.t", {"amount"}, set()),
    ("SELECT DISTINCT ON (n) secret AS n FROM p.t", {"secret"}, set()),
    ("SELECT amount, count(*) FROM p.t GROUP BY ALL", {"amount"}, set()),
    ("SELECT * FROM range(3)", set(), set()),
    ("SELECT id, g.* FROM p.t, generate_series(1, 3) g", {"id"}, set()),
    ("SELECT CASE WHEN secret = 'x' THEN 1 END FROM p.t", {"secret"}, set()),
    ("SELECT list_transform([1], v -> v + amount) FROM p.t", {"amount"}, set()),
    ("SELECT q.z.a FROM (SELECT {'a': secret} AS z FROM p.t) q", {"secret"}, set()),
    ("SELECT t.id FROM p.t JOIN p.u ON t.secret = u.x", {"id", "secret"}, {"x"}),
    ("SELECT id FROM p.t JOIN p.u USING (id)", {"id"}, {"id"}),
    ("SELECT id FROM p.t UNION SELECT x FROM p.u", {"id"}, {"x"}),
    ("SELECT s.name FROM (SELECT * FROM p.t UNION ALL BY NAME SELECT * FROM p.u) s", {"NAME"}, set()),
    ("SELECT s.x FROM (SELECT * FROM p.t UNION ALL BY NAME SELECT * FROM p.u) s", set(), {"x"}),
    ("SELECT 1 FROM p.t WHERE EXISTS (SELECT 1 FROM p.u WHERE x = name)", {"NAME"}, {"x"}),
    ("SELECT (SELECT max(x) FROM p.u WHERE u.id = t.id) FROM p.t", {"id"}, {"id", "x"}),
    (
        "SELECT q.z FROM p.t, LATERAL (SELECT u.amount AS z FROM p.u WHERE u.id = t.id) q",
        {"id"},
        {"amount", "id"},
    ),
    (
        "WITH t AS (SELECT id FROM p.u) SELECT t.id, t2.name FROM t JOIN p.t t2 USING (id)",
        {"id", "NAME"},
        {"id"},
    ),
]


def needed(sql: str) -> tuple[set[str], set[str]] | Refusal:
    parsed = read(sql, dialect="duckdb")
    assert isinstance(parsed, Parsed), parsed
    resolved = resolve(parsed, {r: COLUMNS[r] for r in parsed.resources})
    if not isinstance(resolved, Resolved):
        return resolved
    return set(resolved.reads.needed.get(T, ())), set(resolved.reads.needed.get(U, ()))


@pytest.mark.parametrize(("sql", "of_t", "of_u"), NEEDED)
def test_a_column_counts_as_read_wherever_it_stands(sql: str, of_t: set[str], of_u: set[str]) -> None:
    assert needed(sql) == (of_t, of_u)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT nosuch FROM p.t",
        "SELECT amount FROM p.t JOIN p.u ON t.id = u.id",  # of which?
        "SELECT t FROM p.t",  # a whole row as one value
        "SELECT struct_pack(a := t) FROM p.t",
        "SELECT rowid FROM p.t",
        "SELECT filename FROM p.t",
        "SELECT u.id FROM p.t",
        "SELECT * FROM p.t a, p.t a",
    ],
)
def test_a_column_that_does_not_resolve_is_refused(sql: str) -> None:
    refusal = needed(sql)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "gateway.column_unknown"


def test_fields_that_differ_by_case_alone_are_not_guessed_between() -> None:
    parsed = read("SELECT a FROM p.t", dialect="duckdb")
    assert isinstance(parsed, Parsed)
    refusal = resolve(parsed, {T: ("a", "A")})
    assert isinstance(refusal, Refusal)
    assert refusal.code == "gateway.resource_names_collide"


def test_a_star_is_remembered_as_a_star() -> None:
    parsed = read("SELECT * FROM p.t", dialect="duckdb")
    assert isinstance(parsed, Parsed)
    resolved = resolve(parsed, {T: COLUMNS[T]})
    assert isinstance(resolved, Resolved)
    assert resolved.reads.starred == {T}
