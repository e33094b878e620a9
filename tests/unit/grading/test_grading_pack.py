import shutil
import tomllib
from pathlib import Path

import pytest

from datong.catalogue import pack as catalogue_pack
from datong.grading.pack import FILES, grading_pack, read
from datong.grading.scheme import Grade
from datong.terms.rules_file import RulesNotReadable

RULES = Path(__file__).parents[3] / "rules" / "cn"
TABLES = [tomllib.loads((RULES / file).read_text("utf-8")) for file in FILES]


def altered(which: int, **changes):
    tables = [dict(table) for table in TABLES]
    tables[which].update(changes)
    return grading_pack(*tables, version="test")


def test_every_element_of_the_catalogue_has_a_grade_and_no_other():
    assert read(RULES).of_element.keys() == catalogue_pack.read(RULES).elements.keys()


def test_every_check_is_measured_beside_its_shape():
    detectors = {d.id: d for d in read(RULES).detectors}
    for checked in [d for d in detectors.values() if d.check]:
        shape = detectors[f"{checked.id}_shape"]
        assert (shape.pattern, shape.check) == (checked.pattern, "")


def test_an_edit_of_any_file_is_another_version(tmp_path):
    folder = tmp_path / "cn"
    shutil.copytree(RULES, folder)
    before = read(folder).version
    assert before == read(RULES).version
    for file in FILES:
        with (folder / file).open("a", encoding="utf-8") as more:
            more.write("\n# looked at\n")
        assert read(folder).version != before
        before = read(folder).version


ROW = {"id": "x", "zh": "某", "en": "some", "element": "person.name", "pattern": "^x$"}


@pytest.mark.parametrize(
    ("which", "changes", "says"),
    [
        (0, {"undetermined": "G9"}, "'G9' isn't a grade"),
        (0, {"element": {}}, "no grade for .*person.name"),
        (0, {"scale": [{"persons": "many", "zh": "某", "en": "some"}]}, "a scale's persons is 'many'"),
        (1, {"value": [{**ROW, "check": "mod97"}]}, "x wants a check 'mod97'"),
        (1, {"value": [{**ROW, "words": ["a"]}]}, "x should have a pattern or words, and not both"),
        (1, {"value": [{**ROW, "script": "han"}]}, "x has script 'han'"),
        (1, {"value": [{**ROW, "element": "person.aura"}]}, r"no grade for person\.aura"),
        (1, {"value": [{"id": "x", "pattern": "x"}]}, r"\(x\) has no element"),
        (
            2,
            {"name": [{"element": "person.name", "en": ["name", "Name"]}]},
            "'Name' is empty or listed twice",
        ),
        (2, {"name": [{"element": "person.name", "zh": ["——"]}]}, "is empty or listed twice"),
        (2, {"fold": {"from": "號碼", "to": "号"}}, "fold's two lines differ"),
    ],
)
def test_a_mistake_in_the_pack_is_named_with_its_file(which, changes, says):
    with pytest.raises(RulesNotReadable, match=says) as stopped:
        altered(which, **changes)
    assert stopped.value.file in FILES


def test_scales_are_tried_from_most_people_to_fewest():
    persons = [scale.persons for scale in read(RULES).scales]
    assert persons == sorted(persons, reverse=True)


def test_every_grade_is_described_in_both_languages():
    pack = read(RULES)
    for grade in Grade:
        assert pack.titles[grade].zh
        assert pack.meanings[grade].en
