from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from datong.grading.scheme import Grade
from datong.sharing.agreement import Agreement, Grant, GrantedField
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.sharing.signing import canonical, sign, verify_signature
from datong.sharing.treatment import Modality, Treatment
from datong.terms.names import ResourceName
from datong.terms.period import Period
from tests.fakes import FakeSigner

AGREEMENT = Agreement(
    id="A-2026-0001",
    version=1,
    request="R-2026-0001",
    provider="police",
    consumer="health",
    purpose="vaccination",
    basis="《疫苗管理法》",
    modality=Modality.ROWS,
    grants=(
        Grant(
            ResourceName("police", "resident"),
            (GrantedField("姓名", Treatment.MASKED, Grade.G2),),
            RowScope((Condition("镇", Comparison.IN, ("榕江镇", "溪口镇")),)),
        ),
    ),
    period=Period(date(2026, 1, 1), date(2026, 12, 31)),
    conditions="",
    approved_by="police.head",
    approved_at=datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
)


def test_what_is_signed_reads_the_same_everywhere():
    assert canonical(AGREEMENT).decode("utf-8") == (
        "datong agreement v1\n"
        '{"approved_at":"2026-11-23T04:00:00+00:00","approved_by":"police.head","basis":"《疫苗管理法》","conditions":"",'
        '"consumer":"health","grants":[{"fields":[{"graded":2,"name":"姓名","treatment":"masked"}],'
        '"resource":"police.resident","scope":{"conditions":[{"comparison":"in","field":"镇","values":["榕江镇","溪口镇"]}]}}],'
        '"id":"A-2026-0001","modality":"rows","period":{"first":"2026-01-01","last":"2026-12-31"},"provider":"police",'
        '"purpose":"vaccination","request":"R-2026-0001","version":1}'
    )


def test_the_same_moment_in_another_zone_is_the_same_text():
    noon_here = AGREEMENT.approved_at.astimezone(timezone(timedelta(hours=8)))
    assert canonical(replace(AGREEMENT, approved_at=noon_here)) == canonical(AGREEMENT)


@pytest.mark.parametrize(
    "change",
    [
        {"consumer": "civil"},
        {"purpose": "statistics"},
        {"modality": Modality.BULK},
        {"version": 2},
        {"period": Period(date(2026, 1, 1), date(2027, 12, 31))},
        {"grants": (replace(AGREEMENT.grants[0], scope=RowScope()),)},
        {
            "grants": (
                replace(AGREEMENT.grants[0], fields=(GrantedField("姓名", Treatment.CLEAR, Grade.G2),)),
            )
        },
    ],
)
def test_a_signature_holds_for_the_text_signed_and_no_other(change):
    signer = FakeSigner()
    signed = replace(AGREEMENT, signature=sign(AGREEMENT, signer))
    assert verify_signature(signed, signer)
    assert not verify_signature(replace(signed, **change), signer)
    assert not verify_signature(signed, FakeSigner())


@pytest.mark.parametrize("signature", ["", "not base64", "AAAA", "签名"])
def test_an_unreadable_signature_is_no(signature):
    assert not verify_signature(replace(AGREEMENT, signature=signature), FakeSigner())


REVOKED = replace(
    AGREEMENT,
    version=2,
    revoked_at=AGREEMENT.approved_at,
    revoked_by="police.head",
    revoked_because="用途已完成",
)


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": None},
        {"revoked_at": None, "revoked_by": "", "revoked_because": ""},
        {"revoked_at": None, "revoked_by": "", "revoked_because": "", "version": 1},
        {"revoked_at": AGREEMENT.approved_at + timedelta(days=1)},
        {"revoked_by": "health.head"},
        {"revoked_because": ""},
    ],
)
def test_a_revocation_is_signed_and_can_not_be_taken_back_or_changed(change):
    signer = FakeSigner()
    revoked = replace(REVOKED, signature=sign(REVOKED, signer))
    assert verify_signature(revoked, signer)
    assert not verify_signature(replace(revoked, **change), signer)


@pytest.mark.parametrize(
    "change", [{"revoked_at": AGREEMENT.approved_at}, {"revoked_by": "x"}, {"revoked_because": "x"}]
)
def test_no_revocation_is_added_to_what_was_signed_without_one(change):
    signer = FakeSigner()
    signed = replace(AGREEMENT, signature=sign(AGREEMENT, signer))
    assert not verify_signature(replace(signed, **change), signer)


def test_the_count_of_writes_is_not_signed():
    signer = FakeSigner()
    signed = replace(AGREEMENT, signature=sign(AGREEMENT, signer))
    assert verify_signature(replace(signed, revision=3), signer)


def test_every_other_field_of_an_agreement_is_signed():
    text = canonical(REVOKED).decode("utf-8")
    unsigned = {"signature", "revision"}
    assert {f.name for f in fields(Agreement) if f'"{f.name}":' not in text} == unsigned
