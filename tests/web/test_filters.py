"""How numbers, days and filled-in sentences are written."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from datong.web.templatetags.datong import counted, day, moment


def test_numbers_are_grouped_by_three_in_both_languages() -> None:
    assert (counted(1234567), counted(0), counted(None)) == ("1,234,567", "0", "—")


def test_times_are_the_node_s_own() -> None:
    late = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    assert (day(late), moment(late)) == ("2026-11-24", "2026-11-24 01:30")
    assert (day(date(2026, 1, 2)), day(None), moment(None)) == ("2026-01-02", "—", "—")


@pytest.mark.parametrize(("language", "said"), [("zh", "读入 &lt;b&gt; 行"), ("en", "Read &lt;b&gt; rows")])
def test_what_is_filled_into_a_sentence_stays_text(language: str, said: str) -> None:
    template = Template('{% load datong %}{% t "Read {n} rows" "读入 {n} 行" n=n %}')
    assert template.render(Context({"language": language, "n": "<b>"})) == said
