"""A chart is made from the answer alone: words become bars, dates a line, and a cell stays text."""

from datetime import date
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from datong.terms.text import Text
from datong.web.desk.chart import MOST_BARS, chart

SVG = "{http://www.w3.org/2000/svg}"


def words_in(drawn: str) -> set[str]:
    return {"".join(each.itertext()) for each in ElementTree.fromstring(drawn).iter(f"{SVG}text")}


def test_a_column_of_words_and_one_of_numbers_become_bars():
    drawn = chart(pa.table({"镇": ["城关镇", "东河镇"], "户数": [3, 5]}), "zh")
    assert {"城关镇", "东河镇", "镇", "户数"} <= words_in(drawn)


def test_dates_become_a_line_in_their_order():
    table = pa.table({"day": [date(2026, 1, 1), date(2026, 1, 2)], "n": [1, 4]})
    assert {"2026-01-01", "2026-01-02"} <= words_in(chart(table, "en"))


@pytest.mark.parametrize("cell", ["</svg><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a&b<c"])
def test_a_cell_with_markup_stays_text(cell):
    drawn = chart(pa.table({"note": [cell], "n": [1]}), "en")
    tags = {each.tag.removeprefix(SVG) for each in ElementTree.fromstring(drawn).iter()}
    assert tags <= {"svg", "g", "path", "rect", "line", "text", "circle"}
    assert not any(
        name.startswith("on") for each in ElementTree.fromstring(drawn).iter() for name in each.attrib
    )


def test_a_cell_that_looks_like_an_address_fetches_nothing():
    """The converter would raise if anything in the spec were an address: none is allowed."""
    assert "http" not in words_in(chart(pa.table({"url": ["http://127.0.0.1:9/x.json"], "n": [1]}), "en"))


def test_it_carries_no_style_that_the_content_policy_would_block():
    drawn = chart(pa.table({"a": ["x"], "n": [1]}), "en")
    assert "style=" not in drawn
    assert "<style" not in drawn


@pytest.mark.parametrize(
    "table",
    [
        pa.table({"a": ["x"], "b": ["y"]}),
        pa.table({"n": [1]}),
        pa.Table.from_arrays([pa.array(["x"]), pa.array([1]), pa.array([2])], names=["a", "n", "n"]),
        pa.table({"a": [str(n) for n in range(MOST_BARS + 1)], "n": list(range(MOST_BARS + 1))}),
    ],
    ids=["no number", "one column", "two columns of one name", "too many bars"],
)
def test_what_makes_no_chart_says_why(table):
    assert isinstance(chart(table, "zh"), Text)


def test_a_missing_number_leaves_a_gap():
    assert {"x", "y"} <= words_in(chart(pa.table({"a": ["x", "y"], "n": [1, None]}), "en"))
