"""From signs to a proposal for every column of a table: what it is, how sure that is, and the grade that follows. Pure.

The highest grade among everything that speaks applies, whatever the column is finally called (GB/T 43697).
"""

from collections.abc import Mapping
from dataclasses import replace

from datong.catalogue.field import Field
from datong.grading.detect import Sign, signs
from datong.grading.measure import ColumnMeasure
from datong.grading.pack import GradingPack
from datong.grading.scheme import Evidence, Proposal, Verdict
from datong.terms.text import Text


def propose(
    fields: tuple[Field, ...], measures: tuple[ColumnMeasure, ...], pack: GradingPack
) -> Mapping[str, Proposal]:
    """Column → proposal, for every field that was measured."""
    measured = {measure.column: measure for measure in measures}
    found = {f.name: signs(f, measured[f.name], pack) for f in fields if f.name in measured}
    alone = {column: _named(of_column, pack) for column, of_column in found.items()}
    neighbours = frozenset(filter(None, alone.values()))
    return {
        column: _proposal(_in_context(of_column, neighbours, pack), measured[column], pack)
        for column, of_column in found.items()
    }


def _in_context(
    of_column: tuple[Sign, ...], neighbours: frozenset[str], pack: GradingPack
) -> tuple[Sign, ...]:
    """A heading or a form that leaves two readings open is read by what stands beside it in the table."""
    for context in pack.contexts:
        if context.beside & neighbours:
            of_column = tuple(
                replace(sign, evidence=replace(sign.evidence, element=context.becomes))
                if sign.element == context.element
                else sign
                for sign in of_column
            )
    return of_column


def _proposal(of_column: tuple[Sign, ...], measure: ColumnMeasure, pack: GradingPack) -> Proposal:
    evidence = (*(sign.evidence for sign in of_column), _profile(measure))
    counting = [sign for sign in of_column if sign.counts and sign.element]
    grade = max((pack.of_element[sign.element] for sign in counting), default=pack.undetermined)
    if not any(sign.names for sign in counting) and grade <= pack.undetermined:
        # A few dates among values that nobody knows say nothing of the rest.
        return Proposal(pack.undetermined, Verdict.UNDETERMINED, "", evidence, pack.version)
    proved = any(sign.verdict is Verdict.PROVED for sign in counting)
    verdict = Verdict.PROVED if proved else Verdict.LIKELY
    return Proposal(grade, verdict, _named(of_column, pack), evidence, pack.version)


def _named(of_column: tuple[Sign, ...], pack: GradingPack) -> str:
    """The element the column is taken to hold: what its values prove; else its heading, unless the values' own form says
    something at least as grave; else what the values look like."""
    naming = [sign for sign in of_column if sign.names and sign.element]
    proved = [sign for sign in naming if sign.verdict is Verdict.PROVED]
    if proved:
        return max(proved, key=lambda sign: sign.evidence.share or 0.0).element
    headed = next((sign.element for sign in naming if sign.evidence.kind == "name"), "")
    valued = sorted(
        (sign for sign in naming if sign.evidence.kind in ("pattern", "dictionary")),
        key=lambda sign: (-pack.of_element[sign.element], -(sign.evidence.share or 0.0)),
    )
    if valued and (not headed or _outweighs(valued[0], headed, pack)):
        return valued[0].element
    # Last, what a number of the shape is that doesn't check.
    return headed or next((sign.element for sign in naming), "")


def _outweighs(valued: Sign, headed: str, pack: GradingPack) -> bool:
    by_form, by_heading = pack.of_element[valued.element], pack.of_element[headed]
    return by_form > by_heading or (by_form == by_heading and valued.evidence.kind == "pattern")


def _profile(measure: ColumnMeasure) -> Evidence:
    if not measure.filled:
        says = Text("没有任何值", "no value at all")
    else:
        filled = f"{measure.filled / measure.rows * 100:.3g} %"
        says = Text(
            f"{measure.rows:,} 行中 {filled} 有值，约 {measure.distinct:,} 个不同值，长度 {measure.shortest}–{measure.longest}",
            f"{filled} of {measure.rows:,} rows filled, about {measure.distinct:,} different values, "
            f"{measure.shortest}–{measure.longest} characters long",
        )
    return Evidence("profile", "profile", "", None, says)
