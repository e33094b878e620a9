"""The door: what is entered in the ledger, when, and what leaves."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from datong.catalogue.field import Field, FieldType
from datong.engines.duckdb.engine import DuckDBInThisProcess
from datong.engines.memory.engine import MemoryEngine
from datong.gateway.answer import Answer, RefusedAnswer
from datong.gateway.engine import EngineFault, GovernedQuery, Limits
from datong.gateway.events import KINDS
from datong.gateway.kept import Kept
from datong.gateway.refusals import REFUSALS
from datong.gateway.run import run
from datong.sharing.treatment import Modality
from datong.terms.names import ResourceName
from tests.unit.gateway.small_county import (
    AT,
    RESIDENT,
    RESIDENT_FIELDS,
    RESIDENT_TERMS,
    Book,
    County,
    Keys,
    agreement,
    asking,
    grant,
    landed,
    number,
    officer,
    residents,
    served,
    small_county,
    ward,
)


@pytest.fixture
def county(tmp_path: Path) -> County:
    return small_county(tmp_path)


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture(params=[MemoryEngine(), DuckDBInThisProcess()], ids=lambda e: e.name)
def engine(request: pytest.FixtureRequest) -> Any:
    return request.param


def asked(
    sql: str, county: County, book: Book, *, engine: Any = None, **changed: Any
) -> Answer | RefusedAnswer:
    return run(
        asking(sql, **changed), shelf=county, engine=engine or MemoryEngine(), recorder=book, keys=Keys()
    )


def rows(answer: Answer | RefusedAnswer) -> list[tuple[Any, ...]]:
    assert isinstance(answer, Answer), answer
    return [tuple(row.values()) for row in answer.table.to_pylist()]


class Spy(MemoryEngine):
    """Notes what was in the book each time the engine was started."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book, self.seen = book, list[list[str]]()

    def run(self, query: GovernedQuery) -> "pa.Table | EngineFault":
        self.seen.append(list(self.book.kinds))
        return super().run(query)


class Failing(MemoryEngine):
    def __init__(self, *outcomes: Any) -> None:
        super().__init__()
        self.outcomes = list(outcomes)

    def run(self, query: GovernedQuery) -> "pa.Table | EngineFault":
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome if outcome is not None else super().run(query)


def test_an_answer_shows_treated_columns_of_scoped_rows(county: County, book: Book) -> None:
    answer = asked(
        'SELECT name, address, "Ward No", born FROM police.resident ORDER BY children', county, book
    )
    assert isinstance(answer, Answer)
    assert answer.table.column_names == ["name", "address", "Ward No", "born"]
    shown = rows(answer)
    assert len(shown) == 8
    assert {ward for _, _, ward, _ in shown} == {"1", "2"}
    assert all(
        name[1:] == "**" and address == "榕溪县***" and born.month == born.day == 1
        for name, address, _, born in shown
    )
    assert answer.lineage == (("police.resident", "D-resident"),)


def test_the_allowance_is_entered_before_the_query_runs_and_its_end_after(county: County, book: Book) -> None:
    spy = Spy(book)
    answer = asked("SELECT children FROM police.resident", county, book, engine=spy)
    assert isinstance(answer, Answer)
    assert book.kinds == ["query_allowed", "query_finished"]
    assert spy.seen == [
        [],
        ["query_allowed"],
    ]  # once for the persons, whom the entry commits to; once for the answer
    assert answer.entry == 0
    assert book.events[1].facts == {"entry": 0, "rows": 8, "fault": ""}


def test_a_refusal_is_entered_just_the_same_and_the_engine_never_starts(county: County, book: Book) -> None:
    spy = Spy(book)
    answer = asked("SELECT secret FROM police.resident", county, book, engine=spy)
    assert isinstance(answer, RefusedAnswer)
    assert (book.kinds, spy.seen, answer.entry) == (["query_refused"], [], 0)
    assert book.events[0].facts["refused"] == ["gateway.column_not_granted"]
    assert book.events[0].facts["resources"] == ["police.resident"]


@pytest.mark.parametrize("kind", ["gateway.query_allowed", "gateway.query_finished"])
def test_nothing_leaves_when_the_ledger_cannot_be_written(county: County, kind: str) -> None:
    with pytest.raises(OSError, match="ledger"):
        asked("SELECT children FROM police.resident", county, Book(fails_at=kind))


def test_a_fault_of_the_engine_is_entered_and_told_without_its_text(county: County, book: Book) -> None:
    answer = asked(
        "SELECT children FROM police.resident", county, book, engine=Failing(None, EngineFault("time"))
    )
    assert isinstance(answer, RefusedAnswer)
    assert [r.code for r in answer.refusals] == ["gateway.stopped_time"]
    assert book.kinds == ["query_allowed", "query_finished"]
    assert book.events[1].facts["fault"] == "time"


@pytest.mark.parametrize("broken", [RuntimeError("x"), KeyboardInterrupt(), SystemExit()])
@pytest.mark.parametrize("before", [(), (None,)], ids=["for the persons", "for the answer"])
def test_an_engine_that_breaks_leaves_an_entry_all_the_same(
    county: County, book: Book, before: Any, broken: BaseException
) -> None:
    outcomes = (*before, broken)
    with pytest.raises(type(broken)):
        asked("SELECT children FROM police.resident", county, book, engine=Failing(*outcomes))
    assert book.kinds[-1] in ("query_refused", "query_finished")


def test_what_breaks_before_the_entry_is_made_leaves_one(
    county: County, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(prepared: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr("datong.gateway.run.granted", broken)
    with pytest.raises(RuntimeError):
        asked("SELECT children FROM police.resident", county, book)
    assert book.kinds == ["query_refused"]


def test_without_knowing_whose_data_it_is_nothing_runs(county: County, book: Book) -> None:
    stopped = EngineFault("memory")
    answer = asked("SELECT children FROM police.resident", county, book, engine=Failing(stopped, stopped))
    assert isinstance(answer, RefusedAnswer)
    assert book.kinds == ["query_refused"]


def test_the_entry_says_what_ground_what_data_and_how_it_was_treated(county: County, book: Book) -> None:
    asked("SELECT name FROM police.resident WHERE name = '王**'", county, book)
    facts = book.events[0].facts
    assert (facts["department"], facts["purpose"], facts["engine"]) == ("health", "benefit-check", "memory")
    assert facts["tables"] == [
        {
            "resource": "police.resident",
            "agreement": "A-1",
            "version": 1,
            "modality": "rows",
            "snapshot": "s1",
            "delivery": "D-resident",
            "fields": {"name": "masked"},
            "conditions": 1,
        }
    ]
    assert (
        facts["statement"]
        == "SELECT resident.name AS name FROM police.resident AS resident WHERE resident.name = '?'"
    )


def test_no_value_and_no_name_of_somebodys_making_reaches_the_entry(county: County, book: Book) -> None:
    number_ = "990101198001011234"
    for sql in (
        f"SELECT name AS \"{number_}\" FROM police.resident WHERE id = '{number_}' AND children > {number_}",
        f'WITH "{number_}" AS (SELECT 1 AS a) SELECT a FROM "{number_}"',
        f"SELECT {{'{number_}': 1}} FROM police.resident",
        f"SELECT json_extract(name, '$.{number_}'), INTERVAL '{number_}' DAY FROM police.resident",
        f"SELECT '{number_}' ( -- {number_}",
        f"SELECT nosuch_{number_} FROM police.resident",
        f"SELECT f_{number_}(1)",
    ):
        asked(sql, county, book)
    asked("SELECT 1", county, book, purpose=number_, agreement=f"A-{number_}")
    assert len(book.events) >= 8
    assert number_ not in repr([(e.facts, e.subject, e.by) for e in book.events])


def test_the_text_can_be_proved_by_its_digest_and_not_guessed_from_it(county: County, book: Book) -> None:
    class OtherKeys(Keys):
        def key(self, agreement: str) -> str:
            return "ab" * 32

    sql = "SELECT children FROM police.resident"
    for keys in (Keys(), Keys(), OtherKeys()):
        run(asking(sql), shelf=county, engine=MemoryEngine(), recorder=book, keys=keys)
    one, same, other = (e.facts["text"] for e in book.events if e.kind == "gateway.query_allowed")
    assert one == same != other


PERSONS = [
    # whose data a query uses: of twelve residents, those of wards 1 and 2
    ("SELECT name FROM police.resident", [0, 1, 3, 4, 6, 7, 9, 10], "in the answer"),
    ("SELECT name FROM police.resident WHERE \"Ward No\" = '2'", [1, 4, 7, 10], "in the answer"),
    ("SELECT count(*) FROM police.resident WHERE \"Ward No\" = '2'", [1, 4, 7, 10], "in the answer"),
    ("SELECT name FROM police.resident WHERE \"Ward No\" = '2' LIMIT 1", [1, 4, 7, 10], "in the answer"),
    ("SELECT name FROM police.resident WHERE \"Ward No\" = '3'", [], "in the answer"),
    ("SELECT name FROM police.resident WHERE CAST(name AS INT) = 1", [0, 1, 3, 4, 6, 7, 9, 10], "in scope"),
    (
        "SELECT 1 FROM police.resident WHERE children IN (SELECT 9)",
        [0, 1, 3, 4, 6, 7, 9, 10],
        "in scope",
    ),
    (
        "SELECT r.name FROM police.resident r JOIN welfare.allowance a ON r.id = a.person",
        [0, 1, 2, 3, 4, 5, 6, 7, 9, 10],
        "in scope",
    ),
    ("SELECT title FROM market.firm", [], ""),
]


@pytest.mark.parametrize(("sql", "persons", "reach"), PERSONS)
def test_the_entry_commits_to_the_persons_whose_data_was_used(
    county: County, book: Book, sql: str, persons: list[int], reach: str
) -> None:
    asked(sql, county, book)
    assert book.events[0].persons == tuple(number(n) for n in persons)
    assert book.events[0].facts["reach"] == reach


IN_SCOPE = tuple(number(n) for n in (0, 1, 3, 4, 6, 7, 9, 10))


@pytest.mark.parametrize(
    ("treatment", "persons"),
    [("clear", 4), ("pseudonym", 4), ("masked", 8), ("verify_only", 8), ("absent", 8)],
)
def test_whom_the_caller_cannot_tell_apart_the_entry_does_not_count(
    county: County, book: Book, treatment: str, persons: int
) -> None:
    county.sign(agreement("A-1", grant(RESIDENT, RESIDENT_TERMS | {"id": treatment}, ward("1", "2"))))
    asked("SELECT name FROM police.resident WHERE \"Ward No\" = '2'", county, book)
    assert len(book.events[0].persons) == persons
    assert book.events[0].facts["reach"] == ("in the answer" if persons == 4 else "in scope")


@pytest.mark.parametrize("where", ["", "WHERE \"Ward No\" = '2'", "WHERE \"Ward No\" = '3'"])
def test_statistics_enter_the_whole_scope_and_not_the_groups_left_out(
    county: County, book: Book, where: str
) -> None:
    county.sign(replace(county.signed[0], modality=Modality.AGGREGATE))
    asked(f'SELECT "Ward No", count(*) FROM police.resident {where} GROUP BY "Ward No"', county, book)
    assert book.events[0].persons == IN_SCOPE
    assert book.events[0].facts["reach"] == "in scope"


def test_a_failing_condition_beside_a_look_up_enters_only_whom_it_names(county: County, book: Book) -> None:
    terms = RESIDENT_TERMS | {"id": "clear"}
    county.sign(agreement("A-1", grant(RESIDENT, terms), modality=Modality.LOOKUP))
    where = f"id = '{number(1)}' AND CAST(name AS INT) = 1"
    asked(f"SELECT name FROM police.resident WHERE {where}", county, book)
    assert book.events[0].persons == (number(1),)


@pytest.mark.parametrize("kind", ["time", "memory", "died"])
def test_a_fault_that_hidden_rows_can_cause_does_not_choose_what_is_entered(
    county: County, book: Book, kind: str
) -> None:
    answer = asked("SELECT name FROM police.resident", county, book, engine=Failing(EngineFault(kind)))
    assert isinstance(answer, RefusedAnswer)
    assert book.kinds == ["query_refused"]


PUPIL = ResourceName("police", "pupil")
PUPIL_FIELDS = (
    Field("学号", FieldType.TEXT),
    Field("证件号", FieldType.TEXT, element="person.identity_number"),
    Field("监护人证件号", FieldType.TEXT, element="person.identity_number"),
)


@pytest.mark.parametrize(
    ("sql", "guardian", "persons"),
    [
        ("SELECT 监护人证件号 FROM police.pupil", "clear", [0, 1, 7, 8]),
        ("SELECT 学号 FROM police.pupil WHERE 学号 = 'p1'", "clear", [1, 7]),
        ("SELECT 学号 FROM police.pupil WHERE 学号 = 'p1'", "absent", [0, 1, 7, 8]),
        ("SELECT 学号 FROM (SELECT * FROM police.pupil)", "clear", [0, 1, 7, 8]),
    ],
)
def test_a_second_person_of_a_row_is_entered_like_the_first(
    county: County, book: Book, tmp_path: Path, engine: Any, sql: str, guardian: str, persons: list[int]
) -> None:
    rows_ = [("p0", number(0), number(8)), ("p1", number(1), number(7)), ("p2", number(1), None)]
    county.put(served(PUPIL, PUPIL_FIELDS, landed(tmp_path, PUPIL, PUPIL_FIELDS, rows_)))
    terms = {"学号": "clear", "证件号": "pseudonym", "监护人证件号": guardian}
    county.sign(agreement("A-1", grant(PUPIL, terms)))
    assert isinstance(asked(sql, county, book, engine=engine), Answer)
    assert book.events[0].persons == tuple(number(n) for n in persons)


def test_a_department_reading_its_own_is_entered_too(county: County, book: Book) -> None:
    answer = asked("SELECT secret FROM police.resident", county, book, actor=officer("police"))
    assert len(rows(answer)) == 12
    assert len(book.events[0].persons) == 12
    assert book.events[0].facts["tables"][0]["agreement"] == ""


def test_a_revoke_holds_from_the_next_query_on_also_for_what_was_kept(county: County, book: Book) -> None:
    kept = Kept()
    sql = "SELECT children FROM police.resident"

    def again() -> Answer | RefusedAnswer:
        return run(asking(sql), shelf=county, engine=MemoryEngine(), recorder=book, keys=Keys(), kept=kept)

    assert isinstance(again(), Answer)
    assert isinstance(again(), Answer)
    county.sign(replace(county.signed[0], revoked_at=AT))
    assert isinstance(again(), RefusedAnswer)


def test_what_was_kept_for_one_is_not_served_to_another(county: County, book: Book) -> None:
    kept = Kept()
    sql = "SELECT secret FROM police.resident"
    for actor, allowed in ((officer("police"), True), (officer("health"), False), (officer("police"), True)):
        answer = run(
            asking(sql, actor=actor),
            shelf=county,
            engine=MemoryEngine(),
            recorder=book,
            keys=Keys(),
            kept=kept,
        )
        assert isinstance(answer, Answer) is allowed


def test_the_moment_of_asking_is_not_kept(county: County, book: Book) -> None:
    kept = Kept()
    found = []
    for day in (1, 2):
        request = asking("SELECT current_date AS d FROM welfare.allowance LIMIT 1", at=AT.replace(day=day))
        answer = run(request, shelf=county, engine=MemoryEngine(), recorder=book, keys=Keys(), kept=kept)
        found += rows(answer)
    assert [d.day for (d,) in found] == [1, 2]


def test_a_longer_answer_than_allowed_is_refused_and_not_cut(county: County, book: Book) -> None:
    answer = run(
        asking("SELECT children FROM police.resident"),
        shelf=county,
        engine=MemoryEngine(),
        recorder=book,
        keys=Keys(),
        limits=Limits(rows=7),
    )
    assert isinstance(answer, RefusedAnswer)
    assert [r.code for r in answer.refusals] == ["gateway.stopped_rows"]


@pytest.mark.parametrize(
    ("modality", "code"), [(Modality.VERIFY, "use_verify_only"), (Modality.BULK, "use_bulk_only")]
)
def test_a_modality_that_gives_no_rows_gives_no_rows(
    county: County, book: Book, modality: Modality, code: str
) -> None:
    county.sign(replace(county.signed[0], modality=modality))
    answer = asked("SELECT name FROM police.resident", county, book)
    assert isinstance(answer, RefusedAnswer)
    assert [r.code for r in answer.refusals] == [f"gateway.{code}"]


def test_every_event_entered_is_listed(county: County, book: Book) -> None:
    asked("SELECT name FROM police.resident", county, book)
    asked("SELECT 1; SELECT 2", county, book)
    assert {e.kind for e in book.events} <= set(KINDS)


def test_a_number_written_in_a_departments_own_way_is_the_citizens_all_the_same(
    county: County, book: Book, tmp_path: Path
) -> None:
    rows = [(row[0].lower(), *row[1:]) for row in residents()]
    county.put(
        served(RESIDENT, RESIDENT_FIELDS, landed(tmp_path / "own", RESIDENT, RESIDENT_FIELDS, rows, id="s2"))
    )
    assert isinstance(asked("SELECT name FROM police.resident", county, book), Answer)
    assert set(book.events[0].persons) <= {number(n) for n in range(12)}
    assert book.events[0].persons


def test_every_refusal_speaks_both_languages() -> None:
    for code, (reason, next_step) in REFUSALS.items():
        assert code.startswith("gateway.")
        assert all((reason.zh, reason.en, next_step.zh, next_step.en)), code
