import re
from pathlib import Path

import pytest

import datong
from datong.catalogue.refusals import REFUSALS as OF_ENTRIES
from datong.sharing.refusals import REFUSALS as OF_REQUESTS
from datong.terms.refusal import fill
from datong.terms.text import Text

SRC = Path(datong.__file__).parent


@pytest.mark.parametrize(
    ("listed", "capability", "files"),
    [
        (OF_REQUESTS, "sharing", ["sharing/rules.py", "sharing/answering.py"]),
        (OF_ENTRIES, "catalogue", ["catalogue/rules.py"]),
    ],
)
def test_every_refusal_listed_is_given_somewhere_and_in_both_languages(listed, capability, files):
    source = "".join((SRC / file).read_text("utf-8") for file in files)
    for code, texts in listed.items():
        short = code.removeprefix(f"{capability}.")
        part = short.removesuffix("_missing")
        assert f'"{short}"' in source or f'"{code}"' in source or f'"{part}"' in source, code
        for text in texts:
            assert text.zh
            assert set(re.findall(r"{(\w+)}", text.zh)) == set(re.findall(r"{(\w+)}", text.en)), code


def test_facts_are_filled_in_each_in_its_language_and_read_as_no_more_than_text():
    refusal = fill(
        {"x.y": (Text("{what}甲{who}", "{who}: {what}"), Text("", ""))},
        "x.y",
        what=Text("核心数据", "core data"),
        who="{who.__class__}",
    )
    assert refusal.reason == Text("核心数据甲{who.__class__}", "{who.__class__}: core data")
