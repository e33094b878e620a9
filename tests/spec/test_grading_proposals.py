"""Each case of grading_proposals.toml, as it stands there."""

import tomllib
from pathlib import Path

import pytest

from datong.catalogue.field import Field, FieldType
from datong.grading.pack import read
from datong.grading.propose import propose
from tests.fakes import measure

PACK = read(Path(__file__).parents[2] / "rules" / "cn")
CASES = tomllib.loads(Path(__file__).with_name("grading_proposals.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_a_column_is_proposed_as_the_case_says(case):
    headings = [case["heading"], *case.get("beside", [])]
    fields = tuple(Field(h, FieldType.TEXT) for h in headings)
    asked = measure(
        case["heading"],
        case.get("shares"),
        filled=case.get("filled", 1000),
        distinct=case.get("distinct", 900),
        longest=case.get("longest", 20),
    )
    proposal = propose(fields, (asked, *(measure(h) for h in headings[1:])), PACK)[case["heading"]]
    assert [proposal.grade.name, proposal.verdict.value, proposal.element] == case["proposes"]
    assert proposal.pack == PACK.version
    for evidence in proposal.evidence:
        assert evidence.says.zh
        assert evidence.says.en
