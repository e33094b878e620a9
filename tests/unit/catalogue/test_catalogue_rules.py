from dataclasses import replace
from datetime import date

import pytest

from datong.catalogue import rules
from datong.catalogue.field import Field, FieldType
from datong.catalogue.resource import (
    Assessment,
    Resource,
    ResourceState,
    Secrecy,
    SharingAttribute,
    UpdateCycle,
)
from datong.terms.names import ResourceName
from datong.terms.text import Text

NAME = ResourceName("police", "resident")
WHOLE = Resource(
    NAME,
    Text("常住人口", "Residents"),
    "police",
    fields=(Field("姓名", FieldType.TEXT),),
    classification="人口/户籍",
    update_cycle=UpdateCycle.DAILY,
    sharing=SharingAttribute.UNCONDITIONAL,
    assessment=Assessment(date(2026, 11, 1), "风险可控", "police.head"),
)
CONDITIONAL = replace(
    WHOLE, sharing=SharingAttribute.CONDITIONAL, conditions="核验", sharing_basis="某法第一条"
)
NOT_SHARED = replace(
    WHOLE, sharing=SharingAttribute.NOT_SHARED, conditions="理由", sharing_basis="某法第一条"
)


@pytest.mark.parametrize(
    ("entry", "missing"),
    [
        (WHOLE, []),
        (CONDITIONAL, []),
        (NOT_SHARED, []),
        (replace(WHOLE, title=Text("", "")), ["title_missing"]),
        (replace(WHOLE, fields=()), ["fields_missing"]),
        (replace(WHOLE, format=" "), ["format_missing"]),
        (replace(WHOLE, update_cycle=None), ["update_cycle_missing"]),
        (replace(WHOLE, sharing=None), ["sharing_missing"]),
        (replace(WHOLE, classification=""), ["classification_missing"]),
        (replace(WHOLE, assessment=None), ["assessment_missing", "approval_missing"]),
        (replace(WHOLE, assessment=Assessment(date(2026, 11, 1), "可控", "")), ["approval_missing"]),
        (replace(CONDITIONAL, conditions=""), ["conditions_missing"]),
        (replace(NOT_SHARED, conditions="", sharing_basis=""), ["reason_missing", "basis_missing"]),
        (replace(NOT_SHARED, sharing_basis=""), ["basis_missing"]),
    ],
)
def test_what_is_missing_is_told_at_once_and_completely(entry, missing):
    assert [m.code for m in rules.missing(entry)] == [f"catalogue.{code}" for code in missing]


def test_an_empty_entry_is_told_everything_in_both_languages_with_the_article():
    told = rules.missing(Resource(NAME, Text("", ""), ""))
    assert len(told) == 8
    for refusal in told:
        assert "第十三条" in refusal.reason.zh
        assert "Art. 13" in refusal.reason.en
        assert refusal.next_step.zh
        assert refusal.next_step.en


def test_a_condition_without_a_law_is_flagged_for_the_authority():
    assert [f.code for f in rules.flags(replace(CONDITIONAL, sharing_basis=""))] == [
        "catalogue.condition_without_law"
    ]
    assert rules.flags(CONDITIONAL) == ()


@pytest.mark.parametrize(
    ("state", "verb", "leads_to"),
    [
        ("draft", "submit", "submitted"),
        ("returned", "submit", "submitted"),
        ("withdrawn", "submit", "submitted"),
        ("submitted", "publish", "published"),
        ("submitted", "return", "returned"),
        ("published", "withdraw", "withdrawn"),
        ("submitted", "withdraw", "withdrawn"),
        ("draft", "publish", None),
        ("returned", "publish", None),
        ("published", "publish", None),
        ("published", "submit", None),
        ("draft", "withdraw", None),
        ("published", "return", None),
    ],
)
def test_an_entry_moves_only_the_way_the_law_describes(state, verb, leads_to):
    entry = replace(WHOLE, state=ResourceState(state))
    if leads_to:
        assert rules.move(entry, verb) == leads_to
    else:
        with pytest.raises(rules.NotNow) as stopped:
            rules.move(entry, verb)
        assert stopped.value.state == state
        assert stopped.value.text.zh


@pytest.mark.parametrize("secrecy", [Secrecy.STATE_SECRET, Secrecy.WORK_SECRET])
def test_secrets_are_refused_with_the_article(secrecy):
    with pytest.raises(rules.SecretsStayOut, match=r"Art\. 2"):
        rules.no_secrets(NAME, secrecy)
