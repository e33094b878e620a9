"""May this person read this, for this purpose, today? A pure function: the same arguments give the same decision.

One agreement serves one table. Fields that two agreements grant are never put together in it: each provider weighed its
fields, scope and purpose as a whole (共享条例 Art. 25), and a masked name under one beside a clear number under another is
a combination that nobody approved.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from datong.gateway.decision import Allowed, Decision, Refused, TableDecision
from datong.gateway.modality import VERIFIABLE, verification_refused
from datong.gateway.policy import Ground, Policy
from datong.gateway.refusals import refuse
from datong.gateway.resolve import Reads
from datong.gateway.typed import is_code, said
from datong.terms.actor import Actor, Role
from datong.terms.names import ResourceName
from datong.terms.refusal import Refusal
from datong.terms.text import Text

READING_ROLES = frozenset({Role.OFFICER, Role.DATA_OFFICER, Role.SHARING_HEAD})
# Who checks the use of data, or runs the machine, doesn't use it: not even with a second role.
NEVER_READING_ROLES = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})


def decide(
    *, actor: Actor, purpose: str, at: datetime, agreement: str | None, reads: Reads, policy: Policy
) -> Decision:
    """`at` in the node's own zone: an agreement's period is counted in its days. `agreement` narrows to one, and a
    department's own resources need none."""
    if not actor.department or not actor.roles & READING_ROLES or actor.roles & NEVER_READING_ROLES:
        return Refused((refuse("gateway.role_reads_no_data"),))
    asked = _Asked(purpose=purpose, day=at.date(), agreement=agreement, reads=reads, policy=policy)
    if refusal := asked.agreement_refused():
        return Refused((refusal,))
    common = asked.common_agreement()
    answers = [asked.table(resource, common) for resource in reads.needed]
    refusals = [refusal for answer in answers if isinstance(answer, tuple) for refusal in answer]
    if refusals:
        return Refused(tuple(refusals))
    return Allowed(tuple(answer for answer in answers if isinstance(answer, TableDecision)))


def decide_claims(
    *,
    actor: Actor,
    purpose: str,
    at: datetime,
    agreement: str | None,
    resource: ResourceName,
    claimed: frozenset[str],
    policy: Policy,
) -> TableDecision | Refused:
    """May these fields be verified: a claim handed in, yes or no handed out? Only what is granted for verification, or in
    clear, and only where the record may be named by its key (modality.py): yes or no about the value behind a mask would
    take the mask off."""
    if not actor.department or not actor.roles & READING_ROLES or actor.roles & NEVER_READING_ROLES:
        return Refused((refuse("gateway.role_reads_no_data"),))
    reads = Reads(needed={resource: frozenset()}, starred=frozenset())
    asked = _Asked(purpose=purpose, day=at.date(), agreement=agreement, reads=reads, policy=policy)
    if refusal := asked.agreement_refused():
        return Refused((refusal,))
    answer = asked.claims(resource, claimed)
    return answer if isinstance(answer, TableDecision) else Refused(answer)


class _Asked:
    """One question, with what is needed to answer it."""

    def __init__(
        self, *, purpose: str, day: date, agreement: str | None, reads: Reads, policy: Policy
    ) -> None:
        self.purpose, self.day, self.agreement = purpose, day, agreement
        self.reads, self.policy = reads, policy

    def agreement_refused(self) -> Refusal | None:
        """Why the agreement named can't be relied on at all."""
        if self.agreement is None:
            return None
        found = self.policy.agreements.get(self.agreement)
        if found is None:
            return refuse("gateway.agreement_unknown", agreement=_said(self.agreement))
        if found.revoked_at is not None:
            return refuse("gateway.agreement_revoked", agreement=found.id, provider=found.provider)
        if found.purpose != self.purpose:
            return refuse("gateway.agreement_other_purpose", agreement=found.id, purpose=self._said_purpose())
        if not found.period.holds(self.day):
            return refuse(
                "gateway.agreement_not_in_period",
                agreement=found.id,
                first=found.period.first,
                last=found.period.last,
            )
        return None

    def _purpose_refused(self) -> Refusal | None:
        """An agreement names its purpose; for a department's own data only the list of purposes can tell."""
        if self.purpose in self.policy.purposes:
            return None
        return refuse("gateway.purpose_unknown", known=", ".join(sorted(self.policy.purposes)))

    def common_agreement(self) -> str | None:
        """The one agreement that covers all the query reads of others, if there is exactly one: pseudonyms join only
        inside an agreement, so it goes before a separate choice for each table."""
        foreign = [resource for resource in self.reads.needed if not self.policy.own(resource)]
        if self.agreement is not None or len(foreign) < 2:
            return None
        covering = [{g.agreement for g in self._covering(resource)} for resource in foreign]
        common = set.intersection(*covering)
        return common.pop() if len(common) == 1 else None

    def table(self, resource: ResourceName, common: str | None) -> TableDecision | tuple[Refusal, ...]:
        if self.policy.served(resource) is None:
            return (refuse("gateway.resource_unknown", resource=resource),)
        if own := self.policy.own(resource):
            if refusal := self._purpose_refused():
                return (refusal,)
            return self._under(own, resource)
        in_force = self._in_force(resource)
        if not in_force:
            return (self._no_ground(resource),)
        if len(in_force) == 1:
            return self._under(in_force[0], resource)
        covering = self._covering(resource)
        if common is not None:
            covering = [g for g in covering if g.agreement == common]
        if not covering:
            return (self._does_not_add_up(resource, in_force),)
        if len({ground.effect for ground in covering}) > 1:
            names = ", ".join(g.agreement for g in covering)
            return (refuse("gateway.agreements_ambiguous", agreements=names, resource=resource),)
        return self._under(covering[0], resource)

    def claims(self, resource: ResourceName, claimed: frozenset[str]) -> TableDecision | tuple[Refusal, ...]:
        if self.policy.served(resource) is None:
            return (refuse("gateway.resource_unknown", resource=resource),)
        own = self.policy.own(resource)
        if own and (refusal := self._purpose_refused()):
            return (refusal,)
        grounds = [own] if own else self._in_force(resource)
        if not grounds:
            return (self._no_ground(resource),)
        covering = [g.table for g in grounds if g.table is not None and claimed <= _verifiable(g.table)]
        refused = {table.agreement: verification_refused(table) for table in covering}
        tables = [table for table in covering if refused[table.agreement] is None]
        if len({(table.scope, table.modality) for table in tables}) > 1:
            names = ", ".join(table.agreement for table in tables)
            return (refuse("gateway.agreements_ambiguous", agreements=names, resource=resource),)
        if tables:
            return tables[0]
        if refusals := [refusal for refusal in refused.values() if refusal]:
            return (refusals[0],)
        if broken := next((g.broken for g in grounds if g.broken), None):
            return (broken,)
        missing = claimed - frozenset().union(*(_verifiable(g.table) for g in grounds if g.table))
        known = [f.name for g in grounds if g.table for f in g.table.fields]
        return tuple(
            refuse(
                "gateway.claim_not_granted",
                resource=resource,
                column=said(column, known=known, quoted=True),
                provider=grounds[0].provider,
            )
            for column in sorted(missing or claimed)
        )

    def _under(self, ground: Ground, resource: ResourceName) -> TableDecision | tuple[Refusal, ...]:
        if ground.broken:
            return (ground.broken,)
        assert ground.table is not None
        missing = sorted(self.reads.needed[resource] - ground.readable)
        if missing:
            return tuple(ground.withheld[column] for column in missing)
        if resource in self.reads.starred and not ground.readable:
            return tuple(ground.withheld.values())
        return ground.table

    def _in_force(self, resource: ResourceName) -> list[Ground]:
        return [
            ground
            for ground in self.policy.grounds(self.purpose, resource)
            if not ground.revoked
            and ground.period is not None
            and ground.period.holds(self.day)
            and self.agreement in (None, ground.agreement)
        ]

    def _covering(self, resource: ResourceName) -> list[Ground]:
        needed = self.reads.needed[resource]
        return [g for g in self._in_force(resource) if not g.broken and needed <= g.readable]

    def _no_ground(self, resource: ResourceName) -> Refusal:
        """The nearest thing that failed: a person whose agreement ran out yesterday should hear that."""
        served = self.policy.served(resource)
        provider = served.resource.provider if served else resource.department
        same_purpose = [a for a in self.policy.agreements_on(resource) if a.purpose == self.purpose]
        for agreement in same_purpose if self.agreement is None else ():
            if agreement.revoked_at is not None:
                return refuse("gateway.agreement_revoked", agreement=agreement.id, provider=provider)
            return refuse(
                "gateway.agreement_not_in_period",
                agreement=agreement.id,
                first=agreement.period.first,
                last=agreement.period.last,
            )
        return refuse(
            "gateway.no_agreement", purpose=self._said_purpose(), resource=resource, provider=provider
        )

    def _said_purpose(self) -> Text:
        known = {agreement.purpose for agreement in self.policy.agreements.values()}
        return _said(self.purpose, known)

    def _does_not_add_up(self, resource: ResourceName, in_force: Iterable[Ground]) -> Refusal:
        needed = self.reads.needed[resource]
        granted = {column for ground in in_force for column in ground.readable}
        served = self.policy.served(resource)
        if needed <= granted:
            return refuse(
                "gateway.agreements_do_not_add_up", resource=resource, columns=", ".join(sorted(needed))
            )
        return refuse(
            "gateway.column_not_granted",
            resource=resource,
            column=sorted(needed - granted)[0],
            provider=served.resource.provider if served else resource.department,
        )


def _said(code: str, known: Collection[str] = ()) -> Text:
    return said(code, known=known, quoted=not is_code(code))


def _verifiable(table: TableDecision) -> frozenset[str]:
    return frozenset(f.name for f in table.fields if f.treatment in VERIFIABLE)
