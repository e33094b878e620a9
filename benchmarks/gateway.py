"""The gateway beside raw DuckDB: the same queries on tables that were filtered and masked beforehand, in the same run.

Tables in the manner of TPC-H, invented here (no extension): customers, their orders, the orders' lines. The policy bites in
each: names masked, a column absent, a scope. Answers are compared before anything is timed.
"""

import statistics
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from math import exp, log
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import sqlglot

from datong.catalogue.field import Field, FieldType
from datong.catalogue.resource import Resource, ResourceState
from datong.catalogue.snapshot import Snapshot
from datong.engines.duckdb.engine import DuckDBEngine, DuckDBInThisProcess
from datong.gateway.answer import Answer
from datong.gateway.decide import decide
from datong.gateway.decision import Allowed
from datong.gateway.engine import GovernedQuery, Limits
from datong.gateway.kept import Kept
from datong.gateway.policy import Policy
from datong.gateway.ports import Served
from datong.gateway.prepare import Prepared, prepare
from datong.gateway.request import QueryRequest
from datong.gateway.resolve import Reads
from datong.gateway.run import run
from datong.grading.scheme import ColumnGrade, Grade, Proposal, Verdict
from datong.sharing.agreement import Agreement, Grant, GrantedField
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.actor import Actor, Role
from datong.terms.event import Event
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.text import Text

AT = datetime(2026, 11, 23, tzinfo=UTC)
OFFICER = Actor("bench", "bench", "health", frozenset({Role.OFFICER}))
LINES, ORDERS, CUSTOMERS = 600_000, 150_000, 15_000
LIMITS = Limits(memory_mb=2048, threads=2)
AGREEMENTS = 10_000

MAKE = {
    "customer": f"""SELECT i AS custkey, '990101' || lpad(i::TEXT, 12, '0') AS number, '客' || i AS name, (i % 5)::TEXT AS region,
        (i * 7919 % 100000)::BIGINT AS balance, 'note ' || i AS note FROM range({CUSTOMERS}) t(i)""",
    "orders": f"""SELECT i AS orderkey, i * 31 % {CUSTOMERS} AS custkey, DATE '2020-01-01' + (i % 2400)::INT AS ordered,
        (i * 104729 % 1000000)::BIGINT AS total, ['low', 'medium', 'high'][1 + i % 3] AS priority FROM range({ORDERS}) t(i)""",
    "line": f"""SELECT i * 7 % {ORDERS} AS orderkey, i % 7 AS linenumber, (1 + i % 50)::BIGINT AS quantity,
        (i * 15485863 % 100000)::BIGINT AS price, ['A', 'N', 'R'][1 + i % 3] AS flag, DATE '2020-01-01' + (i % 2500)::INT AS shipped,
        'comment ' || (i % 9999) AS comment FROM range({LINES}) t(i)""",
}
INT, TEXT, DAY = FieldType.INTEGER, FieldType.TEXT, FieldType.DATE
FIELDS: dict[str, tuple[tuple[str, FieldType, str, str], ...]] = {  # name, type, element, treatment
    "customer": (
        ("custkey", INT, "", "clear"),
        ("number", TEXT, "person.identity_number", "absent"),
        ("name", TEXT, "person.name", "masked"),
        ("region", TEXT, "", "clear"),
        ("balance", INT, "", "clear"),
        ("note", TEXT, "", "absent"),
    ),
    "orders": (
        ("orderkey", INT, "", "clear"),
        ("custkey", INT, "", "clear"),
        ("ordered", DAY, "", "clear"),
        ("total", INT, "", "clear"),
        ("priority", TEXT, "", "clear"),
    ),
    "line": (
        ("orderkey", INT, "", "clear"),
        ("linenumber", INT, "", "clear"),
        ("quantity", INT, "", "clear"),
        ("price", INT, "", "clear"),
        ("flag", TEXT, "", "clear"),
        ("shipped", DAY, "", "clear"),
        ("comment", TEXT, "", "absent"),
    ),
}
SCOPES = {
    "customer": RowScope((Condition("region", Comparison.IN, ("0", "1", "2", "3")),)),
    "orders": RowScope(),
    "line": RowScope((Condition("shipped", Comparison.AT_LEAST, ("2020-06-01",)),)),
}
FILTERED = {  # what an administrator would write by hand
    "customer": "SELECT custkey, left(name, 1) || '**' AS name, region, balance FROM {file} WHERE region IN ('0', '1', '2', '3')",
    "orders": "SELECT * FROM {file}",
    "line": "SELECT * EXCLUDE (comment) FROM {file} WHERE shipped >= DATE '2020-06-01'",
}
QUERIES = {
    "pricing summary": "SELECT flag, sum(quantity) AS q, sum(price) AS p, avg(price) AS a, count(*) AS n FROM trade.line WHERE shipped <= '2026-09-01' GROUP BY flag ORDER BY flag",
    "forecast": "SELECT sum(price * quantity) AS revenue FROM trade.line WHERE shipped >= '2024-01-01' AND shipped < '2025-01-01' AND quantity < 24",
    "three tables": "SELECT c.region, o.priority, sum(l.price) AS p FROM trade.customer c JOIN trade.orders o ON c.custkey = o.custkey JOIN trade.line l ON l.orderkey = o.orderkey WHERE o.ordered < '2024-03-15' GROUP BY ALL ORDER BY ALL",
    "outer join": "SELECT n, count(*) AS customers FROM (SELECT c.custkey, count(o.orderkey) AS n FROM trade.customer c LEFT JOIN trade.orders o ON c.custkey = o.custkey AND o.priority <> 'low' GROUP BY c.custkey) GROUP BY n ORDER BY n",
    "exists": "SELECT o.priority, count(*) AS n FROM trade.orders o WHERE EXISTS (SELECT 1 FROM trade.line l WHERE l.orderkey = o.orderkey AND l.quantity > 45) GROUP BY 1 ORDER BY 1",
    "top orders": "SELECT o.orderkey, o.total, sum(l.quantity) AS q FROM trade.orders o JOIN trade.line l ON l.orderkey = o.orderkey GROUP BY ALL HAVING sum(l.quantity) > 180 ORDER BY o.total DESC, o.orderkey LIMIT 100",
    "window": "SELECT * FROM (SELECT region, name, balance, rank() OVER (PARTITION BY region ORDER BY balance DESC, custkey) AS place FROM trade.customer) WHERE place <= 3 ORDER BY ALL",
    "look-up": "SELECT name, balance FROM trade.customer WHERE custkey = 4711",
}


def main() -> None:
    _decisions()
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(_landed(Path(folder)))
        _preparing(shelf)
        engine = DuckDBEngine()
        try:
            _governed(shelf, Path(folder), engine)
            _isolation(engine)
            _whole(shelf, engine)
        finally:
            engine.close()


def _decisions() -> None:
    """Ten thousand agreements of one department, on two thousand resources, five purposes each."""
    resources = [ResourceName("trade", f"t{n}") for n in range(AGREEMENTS // 5)]
    names = [name for name, *_ in FIELDS["line"]]
    served = {r: _served(r, "line", Snapshot(r, "s", ("x",), 1, _columns("line"), "d")) for r in resources}
    agreements = [
        _agreement(f"A-{n}", resources[n % len(resources)], "line", purpose=f"p{n // len(resources)}")
        for n in range(AGREEMENTS)
    ]
    began = perf_counter()
    policy = Policy("health", agreements, served.get)
    print(f"index {AGREEMENTS:,} agreements: {(perf_counter() - began) * 1000:.0f} ms")
    asked = [
        (f"p{n % 5}", Reads({resources[n * 7 % len(resources)]: frozenset(names[:3])}, frozenset()))
        for n in range(60_000)
    ]

    def once() -> float:
        began = perf_counter()
        for purpose, reads in asked:
            decision = decide(
                actor=OFFICER, purpose=purpose, at=AT, agreement=None, reads=reads, policy=policy
            )
            assert isinstance(decision, Allowed)
        return len(asked) / (perf_counter() - began)

    cold, warm = once(), max(once() for _ in range(3))
    print(f"decisions/s with {AGREEMENTS:,} agreements: first time round {cold:,.0f}, then {warm:,.0f}")


def _preparing(shelf: "Shelf") -> None:
    cold = [_ms(partial(_prepared, q, shelf, None)) for q in QUERIES.values()]
    kept = Kept()
    for sql in QUERIES.values():
        _prepared(sql, shelf, kept)
    warm = [_ms(partial(_prepared, q, shelf, kept)) for q in QUERIES.values()]
    print(
        f"parse + decide + rewrite, {len(QUERIES)} queries: median {statistics.median(cold):.1f} ms, "
        f"slowest {max(cold):.1f} ms; seen before: median {statistics.median(warm):.3f} ms"
    )


def _governed(shelf: "Shelf", folder: Path, engine: DuckDBEngine) -> None:
    raw = duckdb.connect(":memory:", config={"threads": "2"})
    raw.execute("CREATE SCHEMA trade")
    for table in FIELDS:
        copy = folder / f"filtered-{table}.parquet"
        source = f"'{folder / f'{table}.parquet'}'"
        raw.execute(f"COPY ({FILTERED[table].format(file=source)}) TO '{copy}'")
        raw.execute(f"CREATE VIEW trade.{table} AS SELECT * FROM '{copy}'")
    here = DuckDBInThisProcess()
    empty = _ms(lambda: here.run(_empty()))
    print(
        f"\n{'query':16} {'raw ms':>8} {'governed':>9} {'in process':>11} {'ratio':>6}   (opening a locked session is {empty:.0f} ms of each)"
    )
    ratios, without = [], []
    for name, sql in QUERIES.items():
        governed = _query(_prepared(sql, shelf, None))
        expected = raw.execute(sql).fetchall()
        found = here.run(governed)
        assert [tuple(r.values()) for r in found.to_pylist()] == expected, name
        peer = _ms(partial(_all_rows, raw, sql))
        ours, apart = _ms(partial(here.run, governed)), _ms(partial(engine.run, governed))
        ratios.append(apart / peer)
        without.append(max(ours - empty, 0.1) / peer)
        print(f"{name:16} {peer:8.1f} {ours:9.1f} {apart:11.1f} {apart / peer:6.2f}")
    print(
        f"geometric mean: {_geometric(ratios):.2f} × raw DuckDB; the treated copies alone, without session and process: {_geometric(without):.2f} ×"
    )


def _all_rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    return connection.execute(sql).fetchall()


def _isolation(engine: DuckDBEngine) -> None:
    here = DuckDBInThisProcess()
    inside, apart = _ms(lambda: here.run(_empty()), 15), _ms(lambda: engine.run(_empty()), 15)
    print(f"isolation: a locked session {inside:.1f} ms, in a process of its own {apart:.1f} ms")
    print(f"measures the operating system holds here: {', '.join(engine.processes.held)}")


def _whole(shelf: "Shelf", engine: DuckDBEngine) -> None:
    """run(): with the persons found and both entries made (in a list; the ledger has its own benchmark)."""
    kept = Kept()

    def look_up() -> Any:
        request = QueryRequest(OFFICER, "p", QUERIES["look-up"], AT)
        return run(
            request, shelf=shelf, engine=engine, recorder=Notes(), keys=Keys(), limits=LIMITS, kept=kept
        )

    assert isinstance(look_up(), Answer)
    print(f"a recorded look-up in {CUSTOMERS:,} customers, door to door: {_ms(look_up, 9):.0f} ms")


# What the gateway is given here.


class Shelf:
    purposes = ()

    def __init__(self, snapshots: dict[str, Snapshot]) -> None:
        self.resources = {s.resource: _served(s.resource, table, s) for table, s in snapshots.items()}
        grants = tuple(_grant(s.resource, table) for table, s in snapshots.items())
        self.agreement = replace(_agreement("A-1", ResourceName("trade", "line"), "line"), grants=grants)

    def served(self, name: ResourceName) -> Served | None:
        return self.resources.get(name)

    def agreements(self, *, consumer: str) -> tuple[Agreement, ...]:
        return (self.agreement,)

    def stamp(self) -> str:
        return ""


class Notes:
    def record(self, event: Event) -> int:
        return 0


class Keys:
    def key(self, agreement: str) -> str:
        return "00" * 32


def _landed(folder: Path) -> dict[str, Snapshot]:
    found = {}
    for table, sql in MAKE.items():
        file = folder / f"{table}.parquet"
        duckdb.execute(f"COPY ({sql}) TO '{file}'")
        found[table] = Snapshot(ResourceName("trade", table), "s", (str(file),), 0, _columns(table), "d")
    return found


def _columns(table: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(type)) for name, type, *_ in FIELDS[table])


def _served(resource: ResourceName, table: str, snapshot: Snapshot) -> Served:
    proposal = Proposal(Grade.G3, Verdict.LIKELY, "", (), "")
    return Served(
        Resource(
            resource,
            Text("", ""),
            "trade",
            tuple(Field(n, t, element=e) for n, t, e, _ in FIELDS[table]),
            state=ResourceState.PUBLISHED,
        ),
        tuple(ColumnGrade(resource, n, proposal, Grade.G3) for n, *_ in FIELDS[table]),
        snapshot,
    )


def _grant(resource: ResourceName, table: str) -> Grant:
    fields = tuple(GrantedField(n, Treatment(t), Grade.G3) for n, _, _, t in FIELDS[table])
    return Grant(resource, fields, SCOPES[table])


def _agreement(id: str, resource: ResourceName, table: str, *, purpose: str = "p") -> Agreement:
    return Agreement(
        id, 1, "", "trade", "health", purpose, "", Modality.ROWS, (_grant(resource, table),),
        Period(date(2026, 1, 1), date(2026, 12, 31)), "", "", AT, signature="s",
    )  # fmt: skip


def _prepared(sql: str, shelf: Shelf, kept: Kept | None) -> Prepared:
    found = prepare(QueryRequest(OFFICER, "p", sql, AT), shelf=shelf, limits=LIMITS, kept=kept)
    assert isinstance(found, Prepared), found
    return found


def _query(prepared: Prepared) -> GovernedQuery:
    return prepared.rewritten.governed(secrets={}, limits=LIMITS)


def _empty() -> GovernedQuery:
    tree = sqlglot.parse_one("SELECT 1 AS one", dialect="duckdb")
    assert isinstance(tree, sqlglot.exp.Query)
    return GovernedQuery(tree=tree, extracts=(), limits=LIMITS)


def _ms(action: Callable[[], Any], times: int = 5) -> float:
    action()
    found = []
    for _ in range(times):
        began = perf_counter()
        action()
        found.append((perf_counter() - began) * 1000)
    return statistics.median(found)


def _geometric(ratios: list[float]) -> float:
    return exp(sum(map(log, ratios)) / len(ratios))


if __name__ == "__main__":
    main()
