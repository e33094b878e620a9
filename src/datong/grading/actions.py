"""Columns are examined, people confirm. What isn't confirmed isn't served (GB/T 43697, 政务数据共享条例 Art. 13)."""

from datetime import datetime

from datong.catalogue.resource import Resource
from datong.grading import review, table
from datong.grading.measure import ColumnMeasure
from datong.grading.pack import GradingPack
from datong.grading.propose import propose as proposals_for
from datong.grading.scheme import ColumnGrade, Grade, TableGrade, Verdict
from datong.grading.store import GradingStore
from datong.terms.actor import SYSTEM, Actor, Role
from datong.terms.event import Event, Json
from datong.terms.fault import Fault
from datong.terms.may import require
from datong.terms.names import ResourceName
from datong.terms.text import Text


class ColumnNotExamined(Fault):
    def __init__(self, resource: ResourceName, column: str) -> None:
        self.resource, self.column = resource, column
        super().__init__(
            Text(
                zh=f"{resource} 的 {column} 尚未检测，没有可确认的级别。请核对列名，或先对该表进行检测。",
                en=f"{column} of {resource} hasn't been examined, so there is no grade to confirm. "
                "Check the column's name, or have the table examined first.",
            )
        )


class NoLoweringWaits(Fault):
    def __init__(self, resource: ResourceName, column: str) -> None:
        self.resource, self.column = resource, column
        super().__init__(
            Text(
                zh=f"{resource} 的 {column} 没有待确认的降级。可能已由他人确认或改定，请刷新后查看。",
                en=f"No lowering of {column} of {resource} waits for anyone. Somebody may have confirmed or changed it: look "
                "at its grade again.",
            )
        )


def propose(
    *,
    store: GradingStore,
    pack: GradingPack,
    resource: Resource,
    snapshot: str,
    measures: tuple[ColumnMeasure, ...],
    by: Actor,
    at: datetime,
) -> TableGrade:
    """Grades for every column of a landed snapshot, from what the engine measured with `pack.detectors`: on a first landing,
    on every later one, and again when the rules pack has changed. A column about which something graver was found loses
    its confirmation. Saves nothing where nothing changed. Raises MayNot.
    """
    if by != SYSTEM and Role.ADMINISTRATOR not in by.roles:
        _grades(by, resource.provider, to=Text("检测数据项", "have its columns examined"))
    known = {grade.column: grade for grade in store.columns(resource.name)}
    proposals = proposals_for(resource.fields, measures, pack)
    examined = tuple(
        review.reproposed(known[column], proposal)
        if column in known
        else review.proposed(resource.name, column, proposal)
        for column, proposal in proposals.items()
    )
    changed = tuple(grade for grade in examined if grade != known.get(grade.column))
    persons = table.persons(examined, measures)
    whole = table.table_grade(resource.name, examined, persons, pack)
    if changed:
        facts: dict[str, Json] = {
            "snapshot": snapshot,
            "pack": pack.version,
            "columns": {g.column: _told(g) for g in changed},
            "table": {"grade": whole.grade.name, "persons": persons},
            "confirmation_lost": [
                g.column
                for g in changed
                if g.confirmed is None and g.column in known and known[g.column].confirmed is not None
            ],
        }
        event = Event("grading.proposed", at, by.login, f"resource/{resource.name}", facts)
        store.save(changed, event)
    return whole


def confirm(
    *,
    store: GradingStore,
    resource: ResourceName,
    column: str,
    grade: Grade,
    because: str = "",
    by: Actor,
    at: datetime,
) -> ColumnGrade:
    """Confirms a column's grade. Below the proposal, or below what was confirmed, it waits in `lowering_to` until a second
    person confirms the same grade. Raises MayNot, ColumnNotExamined, LoweringNeedsAReason, SecondPersonNeeded."""
    _grades(by, resource.department, to=Text("确认级别", "confirm its columns' grades"))
    known = store.column(resource, column)
    if known is None:
        raise ColumnNotExamined(resource, column)
    after = review.confirmed(known, grade, by=by.login, at=at, because=because)
    store.save((after,), _event_of(known, after, because, by, at))
    return after


def confirm_lowering(
    *, store: GradingStore, resource: ResourceName, column: str, by: Actor, at: datetime
) -> ColumnGrade:
    """The second person's yes to the lowering that waits. Raises MayNot, ColumnNotExamined, NoLoweringWaits,
    SecondPersonNeeded."""
    waiting = store.column(resource, column)
    if waiting is not None and waiting.lowering_to is None:
        raise NoLoweringWaits(resource, column)
    grade = waiting.lowering_to if waiting and waiting.lowering_to else Grade.G1
    return confirm(store=store, resource=resource, column=column, grade=grade, by=by, at=at)


def _event_of(known: ColumnGrade, after: ColumnGrade, because: str, by: Actor, at: datetime) -> Event:
    until_then = (known.confirmed or known.proposal.grade).name
    facts: dict[str, Json] = {"column": known.column, "was": until_then, "because": because}
    if after.lowering_to is not None:
        kind, facts["to"] = "grading.lowering_proposed", after.lowering_to.name
    elif after.confirmed is not None and review.lowers(known, after.confirmed):
        kind, facts["to"] = "grading.lowering_confirmed", after.confirmed.name
        facts["proposed_by"] = known.lowering_by
        facts["because"] = because or known.lowering_because
    else:
        kind = "grading.confirmed"
        facts = {
            "grades": {known.column: after.confirmed.name if after.confirmed else ""},
            "because": because,
        }
    return Event(kind, at, by.login, f"resource/{known.resource}", facts)


def confirm_proposed(
    *, store: GradingStore, resource: ResourceName, by: Actor, at: datetime
) -> tuple[ColumnGrade, ...]:
    """Confirms every column that waits, as proposed, except those in which nothing was recognised: a person must look at
    each of these. Returns what still waits."""
    _grades(by, resource.department, to=Text("确认级别", "confirm its columns' grades"))
    waiting = [g for g in store.columns(resource) if g.confirmed is None]
    recognised = [
        g for g in waiting if g.proposal.verdict is not Verdict.UNDETERMINED and g.lowering_to is None
    ]
    if recognised:
        confirmed = tuple(
            review.confirmed(g, g.proposal.grade, by=by.login, at=at, because="") for g in recognised
        )
        facts = {"grades": {g.column: g.proposal.grade.name for g in confirmed}, "because": ""}
        store.save(confirmed, Event("grading.confirmed", at, by.login, f"resource/{resource}", facts))
    return tuple(g for g in waiting if g not in recognised)


def _grades(by: Actor, department: str, *, to: Text) -> None:
    """The providing department's data officer or the head of its sharing office."""
    require(by, Role.DATA_OFFICER, Role.SHARING_HEAD, department=department, to=to)


def _told(grade: ColumnGrade) -> Json:
    proposal = grade.proposal
    shares = {e.detector: round(e.share, 4) for e in proposal.evidence if e.share is not None}
    return {
        "grade": proposal.grade.name,
        "verdict": proposal.verdict.value,
        "element": proposal.element,
        "shares": shares,
    }
