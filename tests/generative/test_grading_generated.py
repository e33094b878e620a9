"""For whatever values: what the engine counts is what the standards say, a value at a time; and grades never fall by
seeing more."""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datong.catalogue.field import Field, FieldType
from datong.grading.propose import propose
from tests.engines import slow_checks
from tests.engines.measured import PACK, hits
from tests.fakes import measure

SLOW = {
    "gb11643": slow_checks.identity,
    "gb11643_shape": slow_checks.identity_shape,
    "gb11643_15": slow_checks.old_identity,
    "gb11643_inside": slow_checks.identity_inside,
    "gb32100": slow_checks.credit_code,
    "luhn": slow_checks.card,
}
DIGITS = st.text("0123456789", min_size=0, max_size=20)
IDENTITY = st.builds(
    "{:06d}{:04d}{:02d}{:02d}{:03d}{}".format,
    st.integers(0, 999_999),
    st.integers(1750, 2150),
    st.integers(0, 13),
    st.integers(0, 32),
    st.integers(0, 999),
    st.sampled_from("0123456789Xx"),
)
CREDIT = st.builds(
    "{}{:06d}{}".format,
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXYIO", min_size=2, max_size=2),
    st.integers(0, 999_999),
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXYSZ", min_size=10, max_size=10),
)
CARD = st.builds(
    "{}{}".format,
    st.sampled_from(["62", "4", "51", "2221", "2720", "37", "35", "1"]),
    st.text("0123456789", min_size=11, max_size=17),
)
OLD = IDENTITY.map(lambda n: n[:6] + n[8:17])


def right(value: str) -> str:
    """The same with the last character changed until something checks, if anything does."""
    whole = (value[:-1] + c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY")
    checks = (slow_checks.identity, slow_checks.credit_code, slow_checks.card)
    return next((w for w in whole if any(check(w) for check in checks)), value)


NUMBERS = st.one_of(IDENTITY, CREDIT, CARD, OLD, DIGITS)
VALUES = st.one_of(
    NUMBERS,
    NUMBERS.filter(bool).map(right),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "号码", "1", " ", "G"]),
        NUMBERS.filter(bool).map(right),
        st.sampled_from(["", "。", "2", "x"]),
    ),
    st.text(max_size=25),
    st.none(),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(VALUES, min_size=1, max_size=120))
def test_the_engine_counts_what_the_standards_say(values):
    with tempfile.TemporaryDirectory() as folder:
        counted = hits(Path(folder), values)
    expected = Counter()
    for value in values:
        trimmed = (value or "").strip(" ")
        if trimmed:
            cleaned = trimmed.upper() if trimmed.isascii() else trimmed
            expected.update(id for id, check in SLOW.items() if check(cleaned))
    if counted:  # a column without any value has no shares
        assert {id: counted[id] for id in SLOW} == {id: expected[id] for id in SLOW}


SHARES = st.dictionaries(
    st.sampled_from([d.id for d in PACK.detectors]), st.floats(0, 1, allow_nan=False), max_size=6
)
HEADINGS = st.sampled_from(["姓名", "证件号码", "地址", "状态", "备注", "id", "x17", "诊断", "name"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(HEADINGS, SHARES), min_size=1, max_size=5, unique_by=lambda c: c[0]))
def test_every_column_gets_a_proposal_that_its_evidence_carries(columns):
    fields = tuple(Field(heading, FieldType.TEXT) for heading, _ in columns)
    proposals = propose(fields, tuple(measure(h, shares) for h, shares in columns), PACK)
    assert list(proposals) == [heading for heading, _ in columns]
    for proposal in proposals.values():
        spoken = {evidence.element for evidence in proposal.evidence} - {""}
        assert proposal.element in spoken | {""}
        if proposal.verdict == "undetermined":
            assert (proposal.grade, proposal.element) == (PACK.undetermined, "")
        else:
            assert proposal.grade in {PACK.of_element[element] for element in spoken}
        if proposal.verdict == "proved":
            assert any(e.kind == "check_character" for e in proposal.evidence)


@settings(max_examples=100, deadline=None)
@given(HEADINGS, SHARES)
def test_proof_of_identity_numbers_never_lowers_a_grade(heading, shares):
    without = {id: share for id, share in shares.items() if not id.startswith("gb11643")}
    with_proof = {**without, "gb11643": 0.9, "gb11643_shape": 0.9}
    fields = (Field(heading, FieldType.TEXT),)
    before = propose(fields, (measure(heading, without),), PACK)[heading]
    after = propose(fields, (measure(heading, with_proof),), PACK)[heading]
    assert after.grade >= before.grade or before.verdict == "undetermined"
    assert after.verdict == "proved"
