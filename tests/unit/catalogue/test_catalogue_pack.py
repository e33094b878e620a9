from pathlib import Path

import pytest

from datong.catalogue import pack
from datong.catalogue.element import IDENTITY_NUMBER
from datong.terms import rules_file
from datong.terms.rules_file import RulesNotReadable

RULES = Path(__file__).parents[3] / "rules" / "cn"


def test_the_pack_names_every_purpose_and_element_in_both_languages():
    read = pack.read(RULES)
    assert IDENTITY_NUMBER in read.elements
    for title in [n.title for n in (*read.purposes.values(), *read.elements.values())]:
        assert title.zh
        assert title.en
        assert title.zh != title.en


def test_a_purpose_without_a_basis_is_an_error_in_the_pack():
    with pytest.raises(RulesNotReadable, match=r"tax\) has no basis"):
        pack.purposes({"purpose": [{"code": "tax", "zh": "税务", "en": "Tax"}]})


def test_a_code_listed_twice_is_an_error_in_the_pack():
    row = {"code": "person.name", "zh": "姓名", "en": "Name"}
    with pytest.raises(RulesNotReadable, match="listed twice"):
        pack.elements({"element": [row, row]})


def test_a_pack_that_is_missing_or_torn_says_which_file(tmp_path):
    with pytest.raises(RulesNotReadable, match=r"purposes\.toml can't be used"):
        pack.read(tmp_path)
    (tmp_path / "torn.toml").write_text("version = ", encoding="utf-8")
    with pytest.raises(RulesNotReadable, match="isn't TOML"):
        rules_file.read(tmp_path / "torn.toml")
