"""What is a query, and what only looks like one."""

import pytest

from datong.gateway.reads import Parsed, read
from datong.terms.refusal import Refusal

SERVED = [
    "SELECT id FROM police.resident",
    "FROM police.resident SELECT id",
    "TABLE police.resident",
    "SELECT id FROM police.resident;",
    "(SELECT id FROM police.resident)",
    "SELECT id -- a comment\nFROM /* one /* within */ another */ police.resident",
    "SELECT * EXCLUDE (id) REPLACE (upper(name) AS name) FROM police.resident",
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r",
    "SELECT a FROM police.resident UNION BY NAME SELECT b FROM market.firm",
    "SELECT row_number() OVER (PARTITION BY a ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM p.t",
    "SELECT a FROM p.t QUALIFY rank() OVER (ORDER BY a) = 1",
    "SELECT a, grouping(a) FROM p.t GROUP BY GROUPING SETS ((a), ())",
    "SELECT a, count(*) FILTER (WHERE b > 1) FROM p.t GROUP BY ALL ORDER BY ALL",
    "SELECT list_transform([a], x -> x + 1), {'k': a}.k, [a][1], MAP {'k': a} FROM p.t",
    "SELECT a -> '$.x', a ->> 'x', json_extract(a, '$.y[0]') FROM p.t",
    "SELECT strftime(d, '%Y'), date_trunc('month', d), d + INTERVAL 1 DAY, extract(year FROM d), now() FROM p.t",
    "SELECT regexp_matches(a, '^x'), a ~ 'x', a LIKE 'x%', a ILIKE 'X%', a GLOB 'x*' FROM p.t",
    "SELECT d + INTERVAL '3' MONTHS, d - INTERVAL '1 day', extract(isodow FROM d), extract(epoch FROM d) FROM p.t",
    "SELECT date_diff('week', d, e), datediff('hour', d, e), date_trunc('quarter', d), INTERVAL (a) YEARS FROM p.t",
    "SELECT a FROM p.t ORDER BY a FETCH FIRST 3 ROWS ONLY",
    "SELECT name SIMILAR TO 'x.*', name ~* 'x', name !~* 'x' FROM p.t",
    "SELECT json_object('a', a), json_value(j, '$.x'), json_exists(j, '$.x'), json_group_array(a) FROM p.t",
    "SELECT format('{:.2f} {}', a, b), printf('%05d', a), strlen(a), bit_count(a), epoch_ms(d), make_time(1, 2, 3) FROM p.t",
    "SELECT array_position(l, 2), list_count(l), list_first(l), list_string_agg(l), map_entries(m) FROM p.t",
    "SELECT regr_r2(a, b), regr_count(a, b), localtimestamp FROM p.t",
    "SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM p.t",
    "\ufeffSELECT a FROM p.t",
    "SELECT q.z FROM p.t, LATERAL (SELECT t.a + 1 AS z) q",
    "SELECT u.i FROM p.t, unnest([a, b]) AS u(i)",
    "SELECT i FROM range(3) r(i)",
    "SELECT a FROM p.t ASOF JOIN p.u ON t.a >= u.a",
    "SELECT CAST(a AS DECIMAL(10, 2)), TRY_CAST(a AS DATE), a::INT FROM p.t",
    "SELECT a FROM p.t WHERE a > ALL (SELECT b FROM p.u) AND EXISTS (SELECT 1 FROM p.u)",
]

REFUSED = [
    ("SHUTDOWN NOW", "query_not_select"),
    ("CALL pragma_version()", "query_not_select"),
    ("EXPLAIN SELECT 1", "query_not_select"),
    ("DESCRIBE p.t", "query_not_select"),
    ("SUMMARIZE p.t", "query_not_select"),
    ("SHOW TABLES", "query_not_select"),
    ("PRAGMA version", "query_not_select"),
    ("SET memory_limit = '1TB'", "query_not_select"),
    ("COPY (SELECT 1) TO '/tmp/x'", "query_not_select"),
    ("ATTACH '/tmp/x.db'", "query_not_select"),
    ("INSTALL httpfs", "query_not_select"),
    ("INSERT INTO p.t SELECT 1", "query_not_select"),
    ("UPDATE p.t SET a = 1", "query_not_select"),
    ("DELETE FROM p.t", "query_not_select"),
    ("DROP TABLE p.t", "query_not_select"),
    ("CREATE TABLE x AS SELECT 1", "query_not_select"),
    ("PIVOT p.t ON a USING sum(b)", "query_not_select"),
    ("VALUES (1)", "query_not_select"),
    ("SELECT 1; SELECT 2", "query_not_single"),
    ("", "query_not_single"),
    ("SELECT FROM WHERE", "query_not_readable"),
    ("SELECT 'unclosed", "query_not_readable"),
    ("SELECT * FROM 'x.csv'", "table_not_plain"),
    ('SELECT * FROM "/etc/passwd"', "table_not_plain"),
    ('SELECT * FROM p."a/b.parquet"', "table_not_plain"),
    ("SELECT * FROM lake.p.t", "construct_not_allowed"),
    ("SELECT * FROM information_schema.tables", "table_not_plain"),
    ("SELECT * FROM duckdb_settings()", "table_not_plain"),
    ("SELECT * FROM pragma_table_info('t')", "table_not_plain"),
    ("SELECT * FROM read_csv('x.csv')", "table_not_plain"),
    ("SELECT * FROM read_parquet('x')", "table_not_plain"),
    ("SELECT * FROM glob('*')", "table_not_plain"),
    ("SELECT * FROM query('SELECT 1')", "table_not_plain"),
    ("SELECT * FROM query_table('t')", "table_not_plain"),
    ("SELECT * FROM abs(1)", "table_not_plain"),
    ("SELECT getenv('HOME')", "function_not_allowed"),
    ("SELECT current_setting('memory_limit')", "function_not_allowed"),
    ("SELECT read_text('/etc/passwd')", "function_not_allowed"),
    ("SELECT getvariable('x')", "function_not_allowed"),
    ("SELECT version()", "function_not_allowed"),
    ("SELECT current_user", "function_not_allowed"),
    ("SELECT random()", "function_not_allowed"),
    ("SELECT nextval('s')", "function_not_allowed"),
    ("SELECT nosuchmacro(1)", "function_not_allowed"),
    ("SELECT s.f(1) FROM p.t", "construct_not_allowed"),
    ("SELECT columns(*) FROM p.t", "function_not_allowed"),
    ("SELECT columns('a.*') FROM p.t", "function_not_allowed"),
    ("SELECT * LIKE 'a%' FROM p.t", "construct_not_allowed"),
    ("SELECT a FROM p.t POSITIONAL JOIN p.u", "construct_not_allowed"),
    ("SELECT a FROM p.t NATURAL JOIN p.u", "construct_not_allowed"),
    ("SELECT * FROM p.t USING SAMPLE 10", "construct_not_allowed"),
    ("SELECT * FROM p.t TABLESAMPLE 10%", "construct_not_allowed"),
    ("SELECT * FROM p.t PIVOT (sum(x) FOR y IN (1, 2))", "construct_not_allowed"),
    ("SELECT a FROM p.t FOR UPDATE", "construct_not_allowed"),
    ("SELECT a INTO x FROM p.t", "construct_not_allowed"),
    ("SELECT * FROM p.t AT (VERSION => 1)", "construct_not_allowed"),
    ("SELECT $1", "construct_not_allowed"),
    ("SELECT ?", "construct_not_allowed"),
    ("SELECT #1 FROM p.t", "construct_not_allowed"),
    ("SELECT * FROM p.t AS t(a, b)", "construct_not_allowed"),
    ("SELECT CAST(a AS mytype) FROM p.t", "construct_not_allowed"),
    ("SELECT a FROM p.t LIMIT (SELECT 1)", "construct_not_allowed"),
    ("SELECT * FROM (SHOW TABLES)", "table_not_plain"),
    ("SELECT * FROM (DESCRIBE p.t)", "construct_not_allowed"),
    ("SELECT * FROM resident", "table_not_plain"),
    ("SELECT extract(wangxiaoming FROM a) FROM p.t", "construct_not_allowed"),
    ("SELECT a + INTERVAL '1' wangxiaoming FROM p.t", "construct_not_allowed"),
    ("SELECT date_diff('wangxiaoming', a, b) FROM p.t", "construct_not_allowed"),
    ('SELECT a AS "datong person" FROM p.t', "construct_not_allowed"),
    ('WITH c AS (SELECT a AS "Datong Row" FROM p.t) SELECT "datong row" FROM c', "construct_not_allowed"),
    ('SELECT a FROM p.t ORDER BY "datong person 2"', "construct_not_allowed"),
    ("SELECT a FROM p.t FETCH FIRST 3 ROWS WITH TIES", "construct_not_allowed"),
    ("SELECT a FROM p.t FETCH FIRST 3 PERCENT ROWS ONLY", "construct_not_allowed"),
    ("SELECT to_timestamp(a) FROM p.t", "construct_not_allowed"),
    ("FROM p.t |> SELECT a", "construct_not_allowed"),
    ("FROM p.t" + " |> SELECT *" * 900, "construct_not_allowed"),
]


@pytest.mark.parametrize("sql", SERVED)
def test_everyday_sql_is_read(sql: str) -> None:
    parsed = read(sql, dialect="duckdb")
    assert isinstance(parsed, Parsed), parsed


@pytest.mark.parametrize(("sql", "code"), REFUSED)
def test_what_is_not_listed_is_refused_and_says_what(sql: str, code: str) -> None:
    refusal = read(sql, dialect="duckdb")
    assert isinstance(refusal, Refusal), refusal
    assert refusal.code == f"gateway.{code}"
    assert all((refusal.reason.zh, refusal.reason.en, refusal.next_step.zh, refusal.next_step.en))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT " + "(" * 500 + "1" + ")" * 500,
        "SELECT " + "[" * 500 + "]" * 500,
        "SELECT " + "NOT " * 2900 + "TRUE",
        "SELECT " + "- " * 2900 + "1",
        "SELECT " + "CASE WHEN TRUE THEN " * 200 + "1" + " END" * 200,
        "SELECT 1" + "::INT" * 1400,
        "SELECT " + "+".join(["1"] * 1400),
        "SELECT a" + ".a" * 1400,
        "SELECT 1 WHERE 1 IN " + "(SELECT 1 WHERE 1 IN " * 100 + "(1)" + ")" * 100,
        "SELECT " + "x -> " * 1400 + "1",
        "SELECT " + "interval " * 1400 + "1",
        "SELECT '" + "a" * 30_000 + "'",
        "SELECT " + ", ".join(["1"] * 3000),
    ],
    ids=lambda sql: sql[:24],
)
def test_a_bomb_is_refused_before_it_goes_off(sql: str) -> None:
    refusal = read(sql, dialect="duckdb")
    assert isinstance(refusal, Refusal)
    assert refusal.code in {"gateway.query_too_long", "gateway.query_too_deep", "gateway.query_not_readable"}


def test_brackets_inside_a_literal_or_a_comment_are_no_nesting() -> None:
    assert isinstance(read(f"SELECT '{'(' * 900}' /* {'(' * 900} */", dialect="duckdb"), Parsed)


def test_a_refusal_quotes_no_literal_and_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    for sql in (
        "CALL f('990101198001011234')",
        "SELECT ( WHERE '990101198001011234'",
        "FROM read_csv('990101198001011234')",
        "EXPLAIN '990101198001011234'",
    ):
        assert "990101198001011234" not in repr(read(sql, dialect="duckdb"))
    assert not caplog.records


def test_a_name_that_only_looks_like_a_departments_is_not_folded_into_it() -> None:
    kelvin = "SELECT * FROM wor\u212a.t"  # a Kelvin sign, which str.lower() makes a k
    assert isinstance(read(kelvin, dialect="duckdb"), Refusal)
    decomposed = 'SELECT * FROM "e\u0301tat".t'
    assert isinstance(read(decomposed, dialect="duckdb"), Refusal)


def test_case_does_not_matter_in_a_resources_name() -> None:
    parsed = read('SELECT 1 FROM "Police".RESIDENT', dialect="duckdb")
    assert isinstance(parsed, Parsed)
    assert [str(r) for r in parsed.resources] == ["police.resident"]


def test_an_unknown_dialect_is_refused() -> None:
    refusal = read("SELECT 1", dialect="oracle")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "gateway.dialect_unknown"
