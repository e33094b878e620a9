"""A governed query written down as DuckDB's SQL: whole, and nothing besides."""

import pytest
import sqlglot
from sqlglot import exp

from datong.catalogue.snapshot import Snapshot
from datong.engines.duckdb.engine import DuckDBInThisProcess
from datong.engines.duckdb.statements import job_of
from datong.gateway.decision import FieldDecision, TableDecision
from datong.gateway.engine import EngineFault, GovernedQuery
from datong.gateway.rewrite.extract import extract
from datong.gateway.rewrite.seal import QueryNotSealed
from datong.sharing.scope import RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.names import ResourceName
from datong.terms.text import Text

NAME = ResourceName("police", "resident")


def table(*files: str, treatment: Treatment = Treatment.MASKED) -> TableDecision:
    field = FieldDecision('it\'s "this"', treatment, "", "text", Text("", ""))
    snapshot = Snapshot(NAME, "s", files, 0, (('it\'s "this"', "text"),), "d")
    return TableDecision(NAME, "A", 1, Modality.ROWS, (field,), RowScope(), snapshot)


def governed(tree: exp.Expr, decision: TableDecision) -> GovernedQuery:
    assert isinstance(tree, exp.Query)
    made = extract(decision, [f.name for f in decision.fields], name="t1")
    return GovernedQuery(tree=tree, extracts=(made,))


def test_what_a_node_was_made_to_say_beyond_itself_is_found_in_the_text() -> None:
    honest = sqlglot.parse_one("SELECT extract(year FROM x.d) FROM datong.t1 AS x", dialect="duckdb")
    for text in (
        "1); DROP TABLE x --",
        "YEAR FROM d), (SELECT a FROM police.resident",
        "YEAR FROM getenv('A') --",
    ):
        forged = honest.copy()
        for var in forged.find_all(exp.Var):
            var.set("this", text)
        with pytest.raises((QueryNotSealed, sqlglot.ParseError)):
            job_of(governed(forged, table("f")))


def test_only_a_table_of_which_nothing_is_hidden_stays_readable() -> None:
    tree = sqlglot.parse_one("SELECT 1 FROM datong.t1", dialect="duckdb")
    assert job_of(governed(tree, table("f"))).kept_files == ()
    open_to_all = job_of(governed(tree, table("f", treatment=Treatment.CLEAR)))
    assert (open_to_all.kept_files, open_to_all.make[0][:11]) == (("f",), "CREATE VIEW")


def test_a_snapshot_without_a_file_is_an_empty_table() -> None:
    tree = sqlglot.parse_one("SELECT count(*) AS n FROM datong.t1", dialect="duckdb")
    found = DuckDBInThisProcess().run(governed(tree, table()))
    assert not isinstance(found, EngineFault)
    assert found.to_pylist() == [{"n": 0}]


def test_a_job_does_not_show_its_secrets() -> None:
    tree = sqlglot.parse_one("SELECT 1 FROM datong.t1", dialect="duckdb")
    query = governed(tree, table("f"))
    job = job_of(GovernedQuery(tree=query.tree, extracts=query.extracts, secrets={"key": "very secret"}))
    assert "very secret" not in f"{job!r}{query!r}"
