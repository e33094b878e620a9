"""Is an agreement possible now, and how much would it show? What stands in an approver's way, told at once. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from datong.catalogue.resource import Resource
from datong.grading.scheme import ColumnGrade, Grade, TableGrade
from datong.sharing import rules
from datong.sharing.request import ShareRequest
from datong.sharing.treatment import ORDER, Treatment, stricter
from datong.terms.names import ResourceName
from datong.terms.refusal import Refusal
from datong.terms.text import Text

Place = tuple[ResourceName, str]  # one field of one resource


def in_the_way(
    request: ShareRequest,
    *,
    resources: Mapping[ResourceName, Resource | None],
    grades: Mapping[Place, ColumnGrade],
    tables: Mapping[ResourceName, TableGrade],
    today: date,
) -> tuple[Refusal, ...]:
    """What keeps a request from being approved today, though it could be asked: grades, the catalogue, the period."""
    return (
        *(
            r
            for i in request.items
            for r in rules.item_stands(i, resources.get(i.resource), request.consumer)
        ),
        *rules.not_over(request, today),
        *(_never_shared(str(name), table.grade) for name, table in tables.items() if table.grade > Grade.G4),
        *_graded(request, grades),
    )


def _graded(request: ShareRequest, grades: Mapping[Place, ColumnGrade]) -> Iterator[Refusal]:
    for name, field in ((item.resource, f.name) for item in request.items for f in item.fields):
        grade = grades.get((name, field))
        if grade is None or grade.confirmed is None:
            yield rules.refusal("grade_not_confirmed", resource=name, field=field, provider=request.provider)
        elif grade.confirmed > Grade.G4:
            yield _never_shared(f"{name}.{field}", grade.confirmed)


def _never_shared(what: str, grade: Grade) -> Refusal:
    called = Text("核心数据", "core data") if grade is Grade.CORE else Text("重要数据", "important data")
    return rules.refusal("never_shared", what=what, grade=called)


def treatment(asked: Treatment | None, default: Treatment, chosen: Treatment | None) -> Treatment:
    """The stricter of what was asked for and the default, unless the approver chose: see `choices_refused`."""
    return chosen or (stricter(asked, default) if asked else default)


def weaker(one: Treatment, other: Treatment) -> bool:
    """Whether `one` shows more than `other`."""
    return ORDER.index(one) < ORDER.index(other)


def choices_refused(
    asked: Mapping[Place, Treatment | None],
    defaults: Mapping[Place, Treatment],
    chosen: Mapping[Place, Treatment],
    because: str,
) -> tuple[Refusal, ...]:
    """An approver may always show less; more than the default takes a reason on record; more than was asked, never."""
    codes = {place: _choice(place, choice, asked, defaults, because) for place, choice in chosen.items()}
    return tuple(
        rules.refusal(code, resource=name, field=field) for (name, field), code in codes.items() if code
    )


def _choice(
    place: Place,
    choice: Treatment,
    asked: Mapping[Place, Treatment | None],
    defaults: Mapping[Place, Treatment],
    because: str,
) -> str:
    """The code of what is wrong with one choice, "" if nothing is."""
    if place not in asked:
        return "not_asked_for"
    wanted = asked[place]
    if wanted is not None and weaker(choice, wanted):
        return "more_than_asked"
    if weaker(choice, defaults[place]) and not because.strip():
        return "reason_for_more_missing"
    return ""
