"""What speaks for what in one column: its heading, and the shares of its values that pass the pack's tests. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from datong.catalogue.field import Field
from datong.grading import heading
from datong.grading.measure import ColumnMeasure
from datong.grading.pack import GradingPack, ValueRule
from datong.grading.scheme import Evidence, Verdict
from datong.terms.text import Text

# Of values with the right shape, chance passes one in eleven (identity numbers), one in ten (cards), one in thirty-one
# (credit codes). Half is far from all three, and leaves room for columns in which every second number is mistyped.
CHECKED = 0.5
# So few values agree by accident.
FEW = 3
# A share from which a test's hits are no accident although the column isn't of that kind.
SOME = 0.02


@dataclass(frozen=True)
class Sign:
    """One thing that speaks. `names` when it says what the column is; otherwise it says what the column holds some of,
    or only bears a heading out. `counts` when its element's grade counts for the column."""

    evidence: Evidence
    verdict: Verdict
    names: bool = True
    counts: bool = True

    @property
    def element(self) -> str:
        return self.evidence.element


def signs(field: Field, measure: ColumnMeasure, pack: GradingPack) -> tuple[Sign, ...]:
    """Of the heading first, then of the values, in the order of the pack."""
    found = [*of_heading(field, measure, pack)]
    for rule in pack.values:
        found.extend(of_values(rule, measure))
    if any(sign.names and sign.verdict is Verdict.PROVED for sign in found):
        # Nobody needs to read that identity numbers, being such, aren't credit codes.
        found = [sign for sign in found if sign.element]
    return tuple(found)


def of_heading(field: Field, measure: ColumnMeasure, pack: GradingPack) -> Iterator[Sign]:
    """From the first of the column's headings in which a word is known: as delivered, in SQL, as titled."""
    for written in dict.fromkeys(
        filter(None, (field.source_name, field.name, field.title.zh, field.title.en))
    ):
        rules = heading.read(written, pack.headings)
        for rule in rules:
            believed = measure.filled == 0 or measure.longest >= rule.needs
            yield Sign(
                Evidence("heading", "name", rule.element, None, _heading_says(written, believed)),
                Verdict.LIKELY,
                names=believed and rule is rules[0],
                counts=believed,
            )
        if rules:
            return


def _heading_says(written: str, believed: bool) -> Text:
    if believed:
        return Text(f"列名“{written}”", f"the heading “{written}”")
    return Text(
        f"列名“{written}”，但各值过短，不采信",
        f"the heading “{written}”, not believed: the values are too short",
    )


def of_values(rule: ValueRule, measure: ColumnMeasure) -> Iterator[Sign]:
    share = measure.shares.get(rule.detector.id, 0.0)
    hits = round(share * measure.filled)
    if rule.shape:
        yield from _checked(rule, measure, share, hits)
    elif hits < min(FEW, max(measure.filled, 1)):
        return
    elif share >= rule.likely_from and not rule.inside:
        if not rule.varied or _varied(measure):
            yield _sign(rule, share, Verdict.LIKELY, names=not rule.supports, counts=not rule.supports)
    elif share >= SOME and rule.kind == "pattern" and not rule.supports:
        yield _sign(rule, share, Verdict.LIKELY, names=False)


def _checked(rule: ValueRule, measure: ColumnMeasure, share: float, hits: int) -> Iterator[Sign]:
    shaped = measure.shares.get(rule.shape, 0.0)
    if not shaped:
        return
    if share / shaped >= CHECKED and hits >= min(FEW, measure.filled):
        # One or two numbers that check may do so by chance: that proves nothing yet.
        verdict = Verdict.PROVED if hits >= FEW else Verdict.LIKELY
        yield _sign(rule, share, verdict, names=not rule.inside and share >= rule.likely_from)
    elif shaped >= rule.likely_from and not rule.inside:
        says = Text(
            f"{_percent(shaped)} 的值有此形式，但仅 {_percent(share)} 通过{rule.title.zh}，与随机相当",
            f"{_percent(shaped)} of the values have the form but only {_percent(share)} pass the {rule.title.en}, as chance would",
        )
        evidence = Evidence(rule.detector.id, "check_character", rule.otherwise, share, says)
        speaks = bool(rule.otherwise)
        yield Sign(evidence, Verdict.LIKELY, names=speaks, counts=speaks)


def _sign(rule: ValueRule, share: float, verdict: Verdict, *, names: bool, counts: bool = True) -> Sign:
    says = Text(
        f"{_percent(share)} 的非空值：{rule.title.zh}",
        f"{_percent(share)} of non-empty values: {rule.title.en}",
    )
    evidence = Evidence(rule.detector.id, rule.kind, rule.detector.element, share, says)
    return Sign(evidence, verdict, names, counts)


def _varied(measure: ColumnMeasure) -> bool:
    return measure.distinct >= 20 or measure.distinct * 2 >= measure.filled


def _percent(share: float) -> str:
    """Never rounded to all or nothing when it isn't."""
    if 0 < share < 0.001:
        return "<0.1 %"
    if 0.999 < share < 1:
        return ">99.9 %"
    return f"{share * 100:.3g} %"
