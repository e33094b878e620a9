"""What one department may read, compiled from its agreements and from what is on the shelf.

Compiled once for each stamp of the shelf and indexed by purpose and resource, so that a decision is a few dictionary
look-ups however many agreements there are. A ground is built when it is first asked for: most never are.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from datong.catalogue.element import IDENTITY_NUMBER
from datong.catalogue.field import Field
from datong.catalogue.resource import Secrecy
from datong.catalogue.snapshot import Snapshot
from datong.gateway.conditions import enforceable
from datong.gateway.decision import FieldDecision, TableDecision
from datong.gateway.ports import Served
from datong.gateway.refusals import refuse
from datong.grading.scheme import ColumnGrade, Grade
from datong.sharing.agreement import Agreement
from datong.sharing.scope import RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.refusal import Refusal
from datong.terms.text import Text

READABLE = frozenset({Treatment.CLEAR, Treatment.MASKED, Treatment.PSEUDONYM})

_WHY = {
    Treatment.CLEAR: Text("协议授予明文", "granted in clear by the agreement"),
    Treatment.MASKED: Text("协议约定以掩码提供", "the agreement grants it masked"),
    Treatment.PSEUDONYM: Text("协议约定以假名提供", "the agreement grants it as a pseudonym"),
    Treatment.VERIFY_ONLY: Text("协议约定仅供核验", "the agreement grants it for verification only"),
}
_OWN = Text("本部门自有数据", "your department's own data")


@dataclass(frozen=True)
class Ground:
    """One ground on which a resource may be read: an agreement's grant, or that it is the department's own.

    `withheld` says of each column that can't be read why not; `broken` why the ground can't be used at all.
    """

    agreement: str
    provider: str
    period: Period | None
    revoked: bool
    table: TableDecision | None
    withheld: Mapping[str, Refusal]
    readable: frozenset[str]
    broken: Refusal | None = None

    @property
    def effect(self) -> tuple[object, ...]:
        """What it lets through. Two grounds of equal effect are interchangeable, pseudonyms apart: their keys differ."""
        assert self.table is not None
        fields = tuple((f.name, f.treatment) for f in self.table.fields)
        keyed = self.agreement if any(t is Treatment.PSEUDONYM for _, t in fields) else ""
        return fields, self.table.scope, self.table.modality, keyed


class Policy:
    """The grounds of one department. Pure: the same agreements and the same shelf give the same answers."""

    def __init__(
        self,
        department: str,
        agreements: Iterable[Agreement],
        served: Callable[[ResourceName], Served | None],
        purposes: Collection[str] = (),
    ) -> None:
        self.department = department
        self.purposes = purposes
        self._read = served
        self._served: dict[ResourceName, Served | None] = {}
        self._grounds: dict[tuple[str, ResourceName], Ground] = {}
        self._own: dict[ResourceName, Ground] = {}
        self.agreements: dict[str, Agreement] = {}
        self._by_purpose: dict[tuple[str, ResourceName], list[str]] = {}
        self._by_resource: dict[ResourceName, list[str]] = {}
        for agreement in agreements:
            if agreement.consumer != department or not agreement.signature:
                continue
            self.agreements[agreement.id] = agreement
            for grant in agreement.grants:
                self._by_purpose.setdefault((agreement.purpose, grant.resource), []).append(agreement.id)
                self._by_resource.setdefault(grant.resource, []).append(agreement.id)

    def served(self, resource: ResourceName) -> Served | None:
        if resource not in self._served:
            self._served[resource] = self._read(resource)
        return self._served[resource]

    def own(self, resource: ResourceName) -> Ground | None:
        """The ground of a department reading what it provides itself."""
        if resource not in self._own:
            served = self.served(resource)
            # By its name, which landing gave it and signatures cover; the catalogue's column of providers can be changed.
            if served is None or resource.department != self.department:
                return None
            self._own[resource] = _own_ground(served)
        return self._own[resource]

    def grounds(self, purpose: str, resource: ResourceName) -> tuple[Ground, ...]:
        """By agreement id, so that a choice among equals is always the same choice."""
        return tuple(
            self.ground(id, resource) for id in sorted(self._by_purpose.get((purpose, resource), ()))
        )

    def ground(self, agreement: str, resource: ResourceName) -> Ground:
        key = (agreement, resource)
        if key not in self._grounds:
            self._grounds[key] = _ground(self.agreements[agreement], resource, self.served(resource))
        return self._grounds[key]

    def agreements_on(self, resource: ResourceName) -> tuple[Agreement, ...]:
        """For any purpose, in force or not."""
        return tuple(self.agreements[id] for id in sorted(self._by_resource.get(resource, ())))


def _own_ground(served: Served) -> Ground:
    fields, withheld = _fields(served, lambda field: Treatment.CLEAR, graded={}, why=lambda _: _OWN)
    return _made(served, None, fields, withheld, RowScope())


def _ground(agreement: Agreement, resource: ResourceName, served: Served | None) -> Ground:
    grants = [g for g in agreement.grants if g.resource == resource]
    if served is None or len(grants) != 1 or resource.department != agreement.provider:
        broken = refuse("gateway.resource_unknown", resource=resource)
        return _broken(agreement, broken)
    granted = {f.name: f for f in grants[0].fields}
    fields, withheld = _fields(
        served,
        lambda field: granted[field].treatment if field in granted else Treatment.ABSENT,
        graded={name: f.graded for name, f in granted.items()},
        why=lambda treatment: _WHY[treatment],
    )
    return _made(served, agreement, fields, withheld, grants[0].scope)


def _made(
    served: Served,
    agreement: Agreement | None,
    fields: tuple[FieldDecision, ...],
    withheld: Mapping[str, Refusal],
    scope: RowScope,
) -> Ground:
    resource, snapshot = served.resource, served.snapshot
    if broken := _not_servable(served, agreement, scope):
        return _broken(agreement, broken, provider=resource.provider)
    assert snapshot is not None
    table = TableDecision(
        resource=resource.name,
        agreement=agreement.id if agreement else "",
        version=agreement.version if agreement else 0,
        modality=agreement.modality if agreement else Modality.ROWS,
        fields=fields,
        scope=scope,
        snapshot=snapshot,
        persons=_persons(fields, snapshot),
    )
    return Ground(
        agreement=table.agreement,
        provider=resource.provider,
        period=agreement.period if agreement else None,
        revoked=agreement is not None and agreement.revoked_at is not None,
        table=table,
        withheld=MappingProxyType(dict(withheld)),
        readable=frozenset(f.name for f in fields if f.treatment in READABLE),
    )


def _not_servable(served: Served, agreement: Agreement | None, scope: RowScope) -> Refusal | None:
    resource = served.resource
    if resource.secrecy is not Secrecy.NONE:
        return refuse("gateway.resource_secret", resource=resource.name)
    if served.snapshot is None:
        return refuse("gateway.resource_not_landed", resource=resource.name, provider=resource.provider)
    if agreement is not None and not enforceable(scope, dict(served.snapshot.columns)):
        return refuse(
            "gateway.scope_not_enforceable",
            agreement=agreement.id,
            resource=resource.name,
            provider=resource.provider,
        )
    return None


def _broken(agreement: Agreement | None, broken: Refusal, *, provider: str = "") -> Ground:
    return Ground(
        agreement=agreement.id if agreement else "",
        provider=agreement.provider if agreement else provider,
        period=agreement.period if agreement else None,
        revoked=agreement is not None and agreement.revoked_at is not None,
        table=None,
        withheld=MappingProxyType({}),
        readable=frozenset(),
        broken=broken,
    )


def _fields(
    served: Served,
    granted: Callable[[str], Treatment],
    *,
    graded: Mapping[str, Grade],
    why: Callable[[Treatment], Text],
) -> tuple[tuple[FieldDecision, ...], dict[str, Refusal]]:
    """Every field with its treatment, and for those that can't be read the refusal that says why."""
    grades = {g.column: g for g in served.grades}
    landed = dict(served.snapshot.columns) if served.snapshot else {}
    fields: list[FieldDecision] = []
    withheld: dict[str, Refusal] = {}
    for field in served.resource.fields:
        treatment = granted(field.name)
        refusal = _withheld(field, served, treatment, grades.get(field.name), graded.get(field.name), landed)
        if refusal:
            withheld[field.name] = refusal
            treatment = (
                Treatment.VERIFY_ONLY if refusal.code == "gateway.column_verify_only" else Treatment.ABSENT
            )
        fields.append(
            FieldDecision(
                name=field.name,
                treatment=treatment,
                element=_element(field, grades.get(field.name)),
                type=landed.get(field.name, str(field.type)),
                why=refusal.reason if refusal and treatment is Treatment.ABSENT else why(treatment),
            )
        )
    return tuple(fields), withheld


def _withheld(
    field: Field,
    served: Served,
    treatment: Treatment,
    grade: ColumnGrade | None,
    graded: Grade | None,
    landed: Mapping[str, str],
) -> Refusal | None:
    facts = {
        "resource": served.resource.name,
        "column": field.name,
        "provider": served.resource.provider,
    }
    if treatment is Treatment.ABSENT:
        return refuse("gateway.column_not_granted", **facts)
    if grade is None or grade.confirmed is None:
        return refuse("gateway.column_not_graded", **facts)
    if grade.confirmed >= Grade.IMPORTANT:
        return refuse("gateway.column_never_shared", **facts)
    if graded is not None and grade.confirmed > graded:
        return refuse("gateway.column_grade_risen", **facts)
    if field.name not in landed:
        return refuse("gateway.column_not_delivered", **facts)
    if treatment is Treatment.VERIFY_ONLY:
        return refuse("gateway.column_verify_only", **facts)
    return None


def _element(field: Field, grade: ColumnGrade | None) -> str:
    return field.element or (grade.proposal.element if grade else "")


def _persons(fields: Iterable[FieldDecision], snapshot: Snapshot) -> tuple[str, ...]:
    """Every identity number of a row. Whom the row is about comes first; a guardian or a representative is concerned too."""
    landed = {name for name, _ in snapshot.columns}
    return tuple(f.name for f in fields if f.element == IDENTITY_NUMBER and f.name in landed)
