from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from datong.demo import errors
from datong.demo.county import County
from datong.demo.errors import cut_short
from datong.demo.generate import CountyReport
from datong.demo.homophones import in_pinyin, looking_like, sounding_like
from datong.demo.keeping import keep
from datong.demo.slips import RATES, TABLES, Slip, rate
from datong.demo.truth import Links
from tests.unit.demo import kept

NAMED = [table.name for table in kept.TABLES]


def draw() -> np.random.Generator:
    return np.random.default_rng(5)


def test_the_rates_name_every_slip_and_every_table() -> None:
    assert set(RATES) == set(Slip)
    assert list(TABLES) == NAMED
    assert {len(rates) for rates in RATES.values()} == {len(TABLES)}


def test_homophones_sound_alike_and_are_other_characters() -> None:
    from pypinyin import lazy_pinyin

    alternatives = sounding_like()
    assert "玮" in alternatives["伟"] or "维" in alternatives["伟"]
    for character, others in alternatives.items():
        assert character not in others
        assert {lazy_pinyin(other)[0] for other in others} == {lazy_pinyin(character)[0]}


def test_look_alikes_go_both_ways() -> None:
    alike = looking_like()
    assert all(character in alike[other] for character, others in alike.items() for other in others)


@pytest.mark.parametrize(
    ("do", "before", "after"),
    [
        (errors._small_x, "99012319850101123X", "99012319850101123x"),
        (errors._small_x, "990123198501011234", "990123198501011234"),
        (errors._old, "990123198501011234", "990123850101123"),
        (errors._old, "990123201501011234", "990123201501011234"),
        (errors._as_number, "990123198501011234", 990123198501011234.0),
        (errors._as_number, "99012319850101123X", "99012319850101123X"),
        (errors._in_words, "680", "680元"),
        (errors._other_dot, "王小明", "王小明"),
    ],
)
def test_a_slip_befalls_what_it_can_and_leaves_the_rest(do, before, after) -> None:
    assert do(before, draw()) == after


def test_swapping_keeps_the_digits_and_changes_their_order() -> None:
    before = "990123198502071234"
    after = {errors._swapped(before, np.random.default_rng(n)) for n in range(20)}
    assert {"".join(sorted(number)) for number in after} == {"".join(sorted(before))}
    assert after != {before}


def test_a_latin_name_is_left_alone_by_slips_of_chinese_characters() -> None:
    assert errors._homophone("Elena Novák", draw()) == "Elena Novák"


def test_a_row_cut_short_never_keeps_its_width() -> None:
    widths = {len(cut_short(list("abcdefgh"), np.random.default_rng(n))) for n in range(50)}
    assert 8 not in widths
    assert 9 in widths
    assert min(widths) >= 5


def test_a_row_that_ends_empty_isnt_lengthened_into_one_with_a_trailing_comma() -> None:
    widths = {len(cut_short([*"abcdefg", None], np.random.default_rng(n))) for n in range(50)}
    assert max(widths) < 8


def test_names_are_written_in_pinyin_for_those_who_read_no_chinese() -> None:
    assert in_pinyin("陈小燕") == "Chen Xiaoyan"
    assert in_pinyin("欧阳静") == "Ouyang Jing"


def test_slips_come_about_as_often_as_their_rates_say(larger: County, tmp_path: Path) -> None:
    """Among the rows that each can befall, within four standard deviations of the rate."""
    links = Links(tmp_path / "links.parquet", len(larger.people))
    told = keep(kept.table("enrolment"), larger, folder=tmp_path, links=links)
    links.close()
    slips = [set(e.split(";")) for e in pq.read_table(tmp_path / "links.parquet")["errors"].to_pylist()]
    persons = np.array(pq.read_table(tmp_path / "links.parquet")["person_id"].to_pylist()) - 1
    moved = larger.households.former[larger.people.household[persons]] >= 0
    old = np.array([number[6:8] == "19" for number in larger.people.identity[persons]])
    ends_in_x = np.array([number.endswith("X") for number in larger.people.identity[persons]])
    could = {
        Slip.MISSING_NUMBER: np.ones(told.rows, dtype=bool),
        Slip.PADDED_NAME: np.ones(told.rows, dtype=bool),
        Slip.AMOUNT_IN_WORDS: np.ones(told.rows, dtype=bool),
        Slip.STALE_ADDRESS: moved,
        Slip.OLD_NUMBER: old,
        Slip.SMALL_X: ends_in_x,
    }
    for slip, rows in could.items():
        befallen = sum(slip in row for row, possible in zip(slips, rows, strict=True) if possible)
        expected = rate(slip, "enrolment") * int(rows.sum())
        assert abs(befallen - expected) <= 4 * expected**0.5, slip
        assert not any(slip in row for row, possible in zip(slips, rows, strict=True) if not possible), slip


def test_slips_that_a_table_never_has_are_not_there(report: CountyReport) -> None:
    for told in report.tables:
        assert all(rate(Slip(slip), told.table) > 0 for slip in told.slips)
