from pathlib import Path

import pytest

from datong.grading import heading
from datong.grading.pack import read

HEADINGS = read(Path(__file__).parents[3] / "rules" / "cn").headings


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("LICENSE_NUMBER", ("license", "number")),
        ("IDNumber", ("id", "number")),
        ("criticalCount", ("critical", "count")),
        ("phone2", ("phone", "2")),
        ("ＩＤ", ("id",)),
        ("姓名(必填)", ("姓", "名")),
        ("（备注）", ("备", "注")),  # nothing else is left
        ("acid", ("acid",)),
    ],
)
def test_a_heading_is_cut_into_words(written, words):
    assert heading.words(written) == words


@pytest.mark.parametrize(
    ("written", "elements"),
    [
        # Chinese and English name the thing last
        ("证件号码", ["person.identity_number"]),
        ("证件类型", ["record.category"]),
        ("身份证有效期", ["record.date"]),
        ("联系人电话", ["person.telephone"]),
        ("户主姓名", ["person.name"]),
        ("项目名称", ["record.category"]),
        ("企业名称", ["organisation.name"]),
        ("家庭人均月收入", ["person.income"]),
        ("card type", ["record.category"]),
        # traditional characters, brackets, full width, pinyin initials
        ("證件號碼", ["person.identity_number"]),
        ("聯繫電話", ["person.telephone"]),
        ("缴费金额(元)", ["record.amount"]),
        ("ｅｍａｉｌ", ["person.email"]),
        ("xm", ["person.name"]),
        ("ZJHM", ["person.identity_number"]),
        # a topic colours the whole heading, except when and how often
        ("疾病编码", ["person.health", "record.number"]),
        ("残疾等级代码", ["person.disability", "record.category"]),
        ("诊断日期", ["record.date"]),
        ("诊断医院名称", ["organisation.name", "person.health"]),
        ("诊断名称", ["person.health", "record.name"]),
        ("疫苗名称", ["person.health", "record.name"]),
        # only whole words count
        ("acid", []),
        ("cidade", []),
        ("SCN", []),
        ("Safari", []),
        ("nameplate", []),
        ("", []),
        ("12345", []),
    ],
)
def test_a_heading_says_what_its_last_known_word_names(written, elements):
    assert [rule.element for rule in heading.read(written, HEADINGS)] == elements
