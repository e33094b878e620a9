"""From a proposal to a confirmed grade: a person confirms, a second one confirms a lowering, and a column about which
something graver was found is looked at again. Pure."""

from dataclasses import replace
from datetime import datetime

from datong.grading.scheme import ColumnGrade, Grade, Proposal, Verdict
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.text import Text


class LoweringNeedsAReason(Fault):
    def __init__(self, resource: ResourceName, column: str, to: Grade) -> None:
        self.resource, self.column, self.to = resource, column, to
        super().__init__(
            Text(
                zh=f"将 {resource} 的 {column} 降至 {to.name}，须说明理由。请填写理由后重试。",
                en=f"Lowering {column} of {resource} to {to.name} takes a reason. Give one and try again.",
            )
        )


class SecondPersonNeeded(Fault):
    """The same person can't confirm their own lowering."""

    def __init__(self, resource: ResourceName, column: str, login: str) -> None:
        self.resource, self.column, self.login = resource, column, login
        super().__init__(
            Text(
                zh=f"{resource} 的 {column} 降级由 {login} 提出，须由另一人确认。请本部门另一名数据专员或共享工作机构负责人办理。",
                en=f"{login} proposed to lower {column} of {resource}; somebody else has to confirm it. "
                "Ask another data officer of the department, or the head of its sharing office.",
            )
        )


def proposed(resource: ResourceName, column: str, proposal: Proposal) -> ColumnGrade:
    return ColumnGrade(resource, column, proposal)


def reproposed(known: ColumnGrade, proposal: Proposal) -> ColumnGrade:
    """The column under a new proposal. It loses its confirmation where the proposal is above the confirmed grade and says
    something that those who confirmed hadn't seen: a higher grade than before, another element, or proof. What two people
    lowered with the same evidence before them stays lowered, or every delivery would undo their work."""
    again = replace(known, proposal=proposal)
    judged = max((g for g in (known.confirmed, known.lowering_to) if g is not None), default=None)
    if judged is None or proposal.grade <= judged or not graver(known.proposal, proposal):
        return again
    return replace(
        again,
        confirmed=None,
        confirmed_by="",
        confirmed_at=None,
        lowering_to=None,
        lowering_by="",
        lowering_because="",
    )


def graver(before: Proposal, now: Proposal) -> bool:
    """Whether `now` says something graver, or surer, than `before` did."""
    newly_proved = now.verdict is Verdict.PROVED and before.verdict is not Verdict.PROVED
    return now.grade > before.grade or now.element != before.element or newly_proved


def lowers(known: ColumnGrade, grade: Grade) -> bool:
    """Below what the evidence proposes, or below what somebody confirmed."""
    return grade < max(known.proposal.grade, known.confirmed or known.proposal.grade)


def confirmed(known: ColumnGrade, grade: Grade, *, by: str, at: datetime, because: str) -> ColumnGrade:
    """After one person confirms `grade`: confirmed, or waiting for a second person where that lowers it.

    Meanwhile an earlier, higher grade stays in force. Raises LoweringNeedsAReason, SecondPersonNeeded.
    """
    if lowers(known, grade):
        if known.lowering_to != grade:
            if not because.strip():
                raise LoweringNeedsAReason(known.resource, known.column, grade)
            return replace(known, lowering_to=grade, lowering_by=by, lowering_because=because)
        if known.lowering_by == by:
            raise SecondPersonNeeded(known.resource, known.column, by)
    return replace(
        known,
        confirmed=grade,
        confirmed_by=by,
        confirmed_at=at,
        lowering_to=None,
        lowering_by="",
        lowering_because="",
    )
