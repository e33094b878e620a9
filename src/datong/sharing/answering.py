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
    found = list(_item_still_stands(request, resources, today))
    for name, table in tables.items():
        if table.grade > Grade.G4:
            found.append(_never_shared(str(name), table.grade))
    for item in request.items:
        for field in item.fields:
            grade = grades.get((item.resource, field.name))
            if grade is None or grade.confirmed is None:
                found.append(
                    Refusal(
                        "sharing.grade_not_confirmed",
                        Text(
                            f"{item.resource} 的 {field.name} 尚无确认的级别",
                            f"{field.name} of {item.resource} has no confirmed grade",
                        ),
                        Text(
                            f"请 {request.provider} 的数据专员确认其级别",
                            f"Ask a data officer of {request.provider} to confirm its grade",
                        ),
                    )
                )
            elif grade.confirmed > Grade.G4:
                found.append(_never_shared(f"{item.resource}.{field.name}", grade.confirmed))
    return tuple(found)


def _item_still_stands(
    request: ShareRequest, resources: Mapping[ResourceName, Resource | None], today: date
) -> Iterator[Refusal]:
    for item in request.items:
        yield from rules.item_stands(item, resources.get(item.resource), request.consumer)
    if request.period.last < today:
        yield Refusal(
            "sharing.period_over",
            Text(
                f"申请的使用时限已于 {request.period.last} 届满",
                f"The period asked for ended on {request.period.last}",
            ),
            Text("请申请方重新提出", "The requester has to ask anew"),
        )


def _never_shared(what: str, grade: Grade) -> Refusal:
    called = Text("核心数据", "core data") if grade is Grade.CORE else Text("重要数据", "important data")
    return Refusal(
        "sharing.never_shared",
        Text(
            f"{what} 属于{called.zh}，本平台不自行共享",
            f"{what} is {called.en}, which this platform never shares on its own",
        ),
        Text(
            "须在平台之外依法作出并留存专门决定",
            "That takes a recorded decision outside the platform, as the law prescribes",
        ),
    )


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
    found = []
    for (name, field), choice in chosen.items():
        if (name, field) not in asked:
            found.append(
                Refusal(
                    "sharing.not_asked_for",
                    Text(f"申请中没有 {name} 的 {field}", f"Nobody asked for {field} of {name}"),
                    Text("请只处理申请的数据项", "Choose for the fields of the request only"),
                )
            )
            continue
        wanted = asked[name, field]
        if wanted is not None and weaker(choice, wanted):
            found.append(
                Refusal(
                    "sharing.more_than_asked",
                    Text(
                        f"{name} 的 {field} 只申请了较严的处理方式",
                        f"For {field} of {name} less was asked for than you would show",
                    ),
                    Text("按最小必要原则，请不超出申请", "Least data: show no more than was asked for"),
                )
            )
        elif weaker(choice, defaults[name, field]) and not because.strip():
            found.append(
                Refusal(
                    "sharing.reason_for_more_missing",
                    Text(
                        f"{name} 的 {field} 的处理方式宽于其级别的默认方式",
                        f"{field} of {name} would be shown more openly than its grade's default",
                    ),
                    Text("请说明理由，或采用默认方式", "Give the reason, or keep the default"),
                )
            )
    return tuple(found)
