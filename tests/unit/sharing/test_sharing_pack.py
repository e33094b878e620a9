from datetime import date
from pathlib import Path

import pytest

from datong.catalogue.resource import SharingAttribute
from datong.grading.scheme import Grade
from datong.sharing import pack
from datong.sharing.treatment import Treatment
from datong.terms.calendar import NoCalendar
from datong.terms.rules_file import RulesNotReadable
from tests.fakes import NOON

PACK = pack.read(Path(__file__).parents[3] / "rules" / "cn")
FREE, WITH = SharingAttribute.UNCONDITIONAL, SharingAttribute.CONDITIONAL


@pytest.mark.parametrize(
    ("grade", "element", "treatment"),
    [
        ("G1", "organisation.name", "clear"),
        ("G2", "person.birth_date", "clear"),
        ("G2", "person.name", "masked"),
        (
            "G4",
            "person.name",
            "verify_only",
        ),  # a name confirmed higher than usual falls under the stricter grade
        ("G3", "person.identity_number", "masked"),
        ("G3", "person.household_number", "pseudonym"),
        ("G4", "person.health", "verify_only"),
        ("G4", "person.bank_account", "pseudonym"),
        ("G4", "person.biometric", "absent"),
        ("IMPORTANT", "record.count", "absent"),
        ("CORE", "", "absent"),
    ],
)
def test_a_fields_grade_and_element_say_what_is_shown_by_default(grade, element, treatment):
    assert PACK.defaults.treatment(Grade[grade], element) == treatment


@pytest.mark.parametrize(
    ("attributes", "due"),
    [({FREE}, "2026-11-24"), ({WITH}, "2026-12-07"), ({FREE, WITH}, "2026-12-07")],
)
def test_an_answer_is_due_in_one_working_day_or_ten(attributes, due):
    assert PACK.clock.due(NOON, frozenset(attributes)) == date.fromisoformat(due)


def test_a_due_date_beyond_the_known_calendars_isnt_guessed():
    assert PACK.clock.due(NOON.replace(month=12, day=24), frozenset({WITH})) == NoCalendar(2027)


def test_a_grade_without_a_default_is_an_error_in_the_pack():
    with pytest.raises(RulesNotReadable, match=r"G1\.default is None"):
        pack.defaults({})
    whole = {grade.name: {"default": "clear"} for grade in Grade}
    with pytest.raises(RulesNotReadable, match=r"G3\.elements\.person\.name is 'blurred'"):
        pack.defaults({**whole, "G3": {"default": "masked", "elements": {"person.name": "blurred"}}})


def test_a_clock_without_days_is_an_error_in_the_pack():
    with pytest.raises(RulesNotReadable, match=r"answer\.conditional"):
        pack.clock({"answer": {"unconditional": 1, "conditional": 0}}, PACK.clock.calendar)


def test_a_treatments_order_is_from_most_visible_to_least():
    assert list(Treatment) == ["clear", "masked", "pseudonym", "verify_only", "absent"]
