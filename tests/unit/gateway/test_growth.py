"""A short query that grows is refused before it grows."""

import pytest
from sqlglot import exp

from datong.gateway import grammar
from datong.gateway import resolve as resolving
from datong.gateway.growth import expanded_size
from datong.gateway.reads import Parsed, read
from datong.gateway.resolve import Resolved, resolve
from datong.terms.names import ResourceName
from datong.terms.refusal import Refusal

T = ResourceName("p", "t")
COLUMNS = {T: ("id", "name", "ward", "amount")}


def parsed(sql: str) -> Parsed:
    found = read(sql, dialect="duckdb")
    assert isinstance(found, Parsed), found
    return found


def doubled(times: int) -> str:
    return "amount + amount AS a0" + "".join(f", a{n} + a{n} AS a{n + 1}" for n in range(times))


def ctes(times: int, within: str) -> str:
    chain = "".join(f", c{n + 1} AS ({within.format(f'c{n}')})" for n in range(times))
    return f"WITH c0 AS (SELECT * FROM p.t){chain} SELECT 1 FROM c{times}"


GROWING = {
    "aliases of aliases": f"SELECT {doubled(16)} FROM p.t",
    "many aliases of aliases": f"SELECT {doubled(250)} FROM p.t",
    "aliases spelt in either case": f"SELECT {doubled(16).replace('+ a', '+ A')} FROM p.t",
    "quoted aliases": "SELECT amount + amount AS \"a0\""
    + "".join(f', "a{n}" + "A{n}" AS "a{n + 1}"' for n in range(16))
    + " FROM p.t",
    "an alias in WHERE": f"SELECT {doubled(6)} FROM p.t WHERE {' AND '.join(['a6 > 0'] * 200)}",
    "an alias in QUALIFY": f"SELECT {doubled(6)} FROM p.t QUALIFY {' AND '.join(['a6 > 0'] * 200)}",
    "places in GROUP BY": f"SELECT {doubled(8)} FROM p.t GROUP BY {', '.join(['9'] * 300)}",
    "a query inside an alias": f"SELECT (SELECT max(id) FROM p.t) AS a0, {doubled(16)[24:]} FROM p.t",
    "inside a CTE": f"WITH c AS (SELECT {doubled(16)} FROM p.t) SELECT 1 FROM c",
    "inside an arm of a union": f"SELECT 1 UNION ALL SELECT a9 FROM (SELECT {doubled(16)} FROM p.t)",
    "a star that brings itself twice": ctes(20, "SELECT *, * FROM {0}"),
    "two stars joined": ctes(20, "SELECT x.*, y.* FROM {0} x, {0} y"),
    "in what REPLACE puts": "SELECT * REPLACE (id||id AS id, id||id AS name), name||name AS a0"
    + "".join(f", a{n}||a{n} AS a{n + 1}" for n in range(16))
    + " FROM p.t",
}  # fmt: skip


@pytest.mark.parametrize("sql", GROWING.values(), ids=GROWING.keys())
def test_a_query_that_grows_is_refused_before_it_is_written_out(
    sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written_out(*_: object, **__: object) -> None:
        raise AssertionError("the resolver began to write it out")

    monkeypatch.setattr(resolving, "qualify", written_out)
    refusal = resolve(parsed(sql), COLUMNS)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "gateway.query_grows_too_large"


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT {doubled(5)} FROM p.t WHERE a5 > 0 GROUP BY ALL",
        "SELECT * FROM p.t",
        "SELECT x.*, y.name AS other FROM p.t x JOIN p.t y USING (id)",
        "SELECT id, ward FROM p.t x JOIN p.t y USING (id, ward) JOIN p.t z USING (id)",
        "SELECT * REPLACE (upper(name) AS name) FROM p.t",
        "SELECT amount + 1 AS b, b * 2 AS c FROM p.t WHERE c > 4 ORDER BY 1, c",
        "SELECT ward, count(*) AS n FROM p.t GROUP BY 1 HAVING n > 1 ORDER BY 2",
        ctes(30, "SELECT * FROM {0}"),
        "SELECT (SELECT max(id) FROM p.t) AS a, a || a AS b FROM p.t",
        "SELECT * FROM p.t UNION ALL SELECT * FROM p.t",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r, p.t",
    ],
)
def test_the_size_told_is_no_smaller_than_the_size_it_gets(sql: str) -> None:
    query = parsed(sql)
    told = expanded_size(query.tree, COLUMNS)
    resolved = resolve(query, COLUMNS)
    assert isinstance(resolved, Resolved), resolved
    got = sum(not isinstance(n, exp.Identifier | exp.TableAlias) for n in resolved.tree.walk())
    assert got <= told <= 6 * got


def test_everyday_queries_are_far_below_the_bound() -> None:
    wide = {T: tuple(f"c{n}" for n in range(200))}
    year = "SELECT *, " + ", ".join(f"CASE WHEN c{n} > 0 THEN c{n} * 2 ELSE 0 END AS d{n}" for n in range(40))
    query = parsed(
        f"WITH y AS ({year} FROM p.t) SELECT * FROM y WHERE {' AND '.join(f'd{n} > 1' for n in range(40))}"
    )
    assert expanded_size(query.tree, wide) < grammar.MAX_EXPANDED / 5


def test_a_long_chain_of_ctes_is_no_deep_one() -> None:
    assert isinstance(resolve(parsed(ctes(200, "SELECT id, name FROM {0}")), COLUMNS), Resolved)
