"""How each slip is done to a row. What is done is noted on the batch, and from there in the truth."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from datong.demo.addresses import Form
from datong.demo.county import County
from datong.demo.homophones import looking_like, sounding_like
from datong.demo.numbers import without_century
from datong.demo.slips import Slip, rate
from datong.demo.tables import Batch, Holds, Table

_WIDE = str.maketrans("0123456789Xx-/.", "０１２３４５６７８９Ｘｘ－／．")
_PADDINGS = ("{} ", " {}", "{}\u3000", "{}\u200b", "\ufeff{}", "{}\u00a0")
_DOTS = ("•", "．", "・", ".", "")
_NOTHING = (None, None, None, None, None, "无", "不详", "-")


def spoil(batch: Batch, table: Table, county: County, draw: Generator) -> None:
    """Does the table's slips to the rows they befall. The order matters: what is missing at the end was written before."""
    for slip, (holds, alter) in _ALTERED.items():
        column = table.first(holds)
        for row in _befallen(slip, table, batch, draw) if column else ():
            _write(batch, row, column or "", alter, slip, draw)
    _keep_former_mobiles(batch, table, county, draw)
    _keep_other_addresses(batch, table, county, draw)
    for slip, holds in _MISSING.items():
        column = table.first(holds)
        for row in _befallen(slip, table, batch, draw) if column else ():
            _write(batch, row, column or "", _nothing, slip, draw)
    _widen(batch, table, draw)


def cut_short(cells: list[Any], draw: Generator) -> list[Any]:
    """An unreadable row: a line that broke off, or a comma that wasn't quoted."""
    if draw.random() < 0.5 or not cells[-1]:  # an empty last cell would pass for a trailing comma
        return cells[: -int(draw.integers(1, 4))]
    at = int(draw.integers(1, len(cells)))
    return [*cells[:at], "见附件", *cells[at:]]


def _befallen(slip: Slip, table: Table, batch: Batch, draw: Generator) -> list[int]:
    share = rate(slip, table.name)
    return np.flatnonzero(draw.random(len(batch)) < share).tolist() if share else []


def _write(batch: Batch, row: int, column: str, alter: "Alter", slip: Slip, draw: Generator) -> None:
    before = batch.cells[column][row]
    if isinstance(before, str) and before:
        after = alter(before, draw)
        if after != before:
            batch.cells[column][row] = after
            batch.slipped(row, slip)


# What a text becomes, or the text itself where the slip can't befall it.
Alter = Callable[[str, Generator], Any]


def _homophone(name: str, draw: Generator) -> str:
    return _replaced(name, sounding_like(), draw)


def _look_alike(name: str, draw: Generator) -> str:
    return _replaced(name, looking_like(), draw)


def _replaced(name: str, alternatives: dict[str, str], draw: Generator) -> str:
    """One character replaced, in a given name sooner than in a surname, and never in the Latin alphabet."""
    places = [i for i, c in enumerate(name) if c in alternatives]
    if not places:
        return name
    at = places[-1] if draw.random() < 0.7 else places[int(draw.integers(len(places)))]
    others = alternatives[name[at]]
    return name[:at] + others[int(draw.integers(len(others)))] + name[at + 1 :]


def _other_dot(name: str, draw: Generator) -> str:
    return name.replace("·", _DOTS[int(draw.integers(len(_DOTS)))])


def _padded(name: str, draw: Generator) -> str:
    if len(name) == 2 and draw.random() < 0.5:
        return name[0] + "\u3000" + name[1]  # two characters set as wide as three, as forms do
    return _PADDINGS[int(draw.integers(len(_PADDINGS)))].format(name)


def _swapped(number: str, draw: Generator) -> str:
    at = int(draw.integers(6, len(number) - 2))
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _mistyped(number: str, draw: Generator) -> str:
    at = int(draw.integers(6, len(number) - 1))
    return number[:at] + str(int(draw.integers(10))) + number[at + 1 :]


def _small_x(number: str, draw: Generator) -> str:
    return number[:-1] + "x" if number.endswith("X") else number


def _old(number: str, draw: Generator) -> str:
    return (without_century(number) or number) if len(number) == 18 else number


def _as_number(number: str, draw: Generator) -> str | float:
    return float(number) if number.isdigit() and len(number) == 18 else number


def _shortened(firm: str, draw: Generator) -> str:
    short = firm.replace("有限公司", "").replace("专业合作社", "合作社")
    return short.removeprefix("榕溪县") if short == firm or draw.random() < 0.5 else short


def _in_words(amount: str, draw: Generator) -> str:
    return amount + "元"


def _nothing(cell: str, draw: Generator) -> str | None:
    return _NOTHING[int(draw.integers(len(_NOTHING)))]


_ALTERED: dict[Slip, tuple[Holds, Alter]] = {
    Slip.HOMOPHONE: (Holds.NAME, _homophone),
    Slip.LOOK_ALIKE: (Holds.NAME, _look_alike),
    Slip.DOT: (Holds.NAME, _other_dot),
    Slip.PADDED_NAME: (Holds.NAME, _padded),
    Slip.SWAPPED_DIGITS: (Holds.IDENTITY, _swapped),
    Slip.MISTYPED_DIGIT: (Holds.IDENTITY, _mistyped),
    Slip.SMALL_X: (Holds.IDENTITY, _small_x),
    Slip.OLD_NUMBER: (Holds.IDENTITY, _old),
    Slip.NUMBER_AS_NUMBER: (Holds.IDENTITY, _as_number),
    Slip.FIRM_SHORTENED: (Holds.FIRM, _shortened),
    Slip.AMOUNT_IN_WORDS: (Holds.AMOUNT, _in_words),
}
_MISSING = {
    Slip.MISSING_NUMBER: Holds.IDENTITY,
    Slip.MISSING_MOBILE: Holds.MOBILE,
    Slip.MISSING_ADDRESS: Holds.ADDRESS,
    Slip.MISSING_CODE: Holds.CREDIT_CODE,
}


def _keep_former_mobiles(batch: Batch, table: Table, county: County, draw: Generator) -> None:
    column = table.first(Holds.MOBILE)
    rows = np.array(_befallen(Slip.FORMER_MOBILE, table, batch, draw) if column else [], dtype=np.int64)
    if len(rows):
        answering = batch.subjects.get("answers", batch.subjects["person"])
        former = county.people.former_mobile(answering[rows])
        for row, number in zip(rows.tolist(), former, strict=True):
            if number and batch.cells[column or ""][row]:
                batch.cells[column or ""][row] = number
                batch.slipped(row, Slip.FORMER_MOBILE)


def _keep_other_addresses(batch: Batch, table: Table, county: County, draw: Generator) -> None:
    """The dwelling before the move, or today's in another form, or both: a stale address may be abbreviated too."""
    column = table.first(Holds.ADDRESS)
    if column is None:
        return
    stale, short, historic = (
        set(_befallen(slip, table, batch, draw))
        for slip in (Slip.STALE_ADDRESS, Slip.SHORT_ADDRESS, Slip.HISTORIC_ADDRESS)
    )
    for row in sorted(stale | short | historic):
        if table.where is None:
            _shorten_door(batch, row, column, county)
            continue
        dwelling = int(batch.dwellings[row])
        former = (
            int(county.households.former[county.people.household[batch.subjects["person"][row]]])
            if row in stale
            else -1
        )
        form = Form.SHORT if row in short else Form.HISTORIC if row in historic else table.form
        slips = [Slip.STALE_ADDRESS] * (former >= 0)
        slips += [Slip.SHORT_ADDRESS] * (form is Form.SHORT) + [Slip.HISTORIC_ADDRESS] * (
            form is Form.HISTORIC
        )
        if slips:
            where = np.array([former if former >= 0 else dwelling])
            batch.cells[column][row] = county.dwellings.address(where, form)[0]
            batch.slips.setdefault(row, []).extend(slips)


def _shorten_door(batch: Batch, row: int, column: str, county: County) -> None:
    batch.cells[column][row] = county.firms.short_address[batch.subjects["firm"][row]]
    batch.slipped(row, Slip.SHORT_ADDRESS)


def _widen(batch: Batch, table: Table, draw: Generator) -> None:
    """Digits typed with the Chinese input method still on: in the number, the telephone and the address of a row."""
    columns = [table.first(holds) for holds in (Holds.IDENTITY, Holds.MOBILE, Holds.AMOUNT, Holds.ADDRESS)]
    for row in _befallen(Slip.FULL_WIDTH, table, batch, draw):
        before = {c: batch.cells[c][row] for c in columns if c and isinstance(batch.cells[c][row], str)}
        after = {c: text.translate(_WIDE) for c, text in before.items()}
        if before != after:
            for column, text in after.items():
                batch.cells[column][row] = text
            batch.slipped(row, Slip.FULL_WIDTH)
