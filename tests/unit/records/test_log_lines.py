"""No personal value reaches a log line, whoever wrote the line."""

import logging
import sys

import pytest

from datong.log_lines import LineFormatter, scrubbed
from datong.terms.fault import Fault
from datong.terms.text import Text

SECRET = "林小榕"


def line(error: BaseException | None = None, message: str = "went wrong", *args: object) -> str:
    record = logging.LogRecord("datong", logging.ERROR, __file__, 1, message, args, None)
    if error is not None:
        try:
            raise error
        except type(error):
            record.exc_info = sys.exc_info()
    return LineFormatter("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize(
    "number",
    ["99010119800101001X", "99010119800101001x", "990101800101001", "19900000000", "6200000000000000"],
)
def test_a_number_that_could_be_a_persons_is_left_out_wherever_it_stands(number: str) -> None:
    assert number not in line(message=f"GET /people/{number}/ failed")
    assert number not in line(None, "no entry for %s", number)


def test_short_numbers_stay(caplog: pytest.LogCaptureFixture) -> None:
    assert scrubbed("entry 1234 of 2026-11-23, port 8000") == "entry 1234 of 2026-11-23, port 8000"


def test_an_error_from_a_library_shows_its_kind_and_place_and_not_its_words() -> None:
    told = line(ValueError(f"Key (name)=({SECRET}) already exists"))
    assert SECRET not in told
    assert "ValueError" in told
    assert "test_log_lines.py" in told


def test_neither_does_the_error_behind_it() -> None:
    cause = ValueError(SECRET)
    told = RuntimeError("outer")
    told.__cause__ = cause
    assert SECRET not in line(told)
    assert "ValueError" in line(told)


def test_our_own_errors_are_told_in_full() -> None:
    assert "Confirm the grade first" in line(LandedTooSoon())


class LandedTooSoon(Fault):
    __module__ = "datong.intake.somewhere"

    def __init__(self) -> None:
        super().__init__(Text(zh="请先确认级别", en="Confirm the grade first"))


def test_a_traceback_that_another_handler_left_behind_isnt_passed_on() -> None:
    record = logging.LogRecord("datong", logging.ERROR, __file__, 1, "went wrong", (), None)
    record.exc_text = f"Traceback: {SECRET}"
    assert SECRET not in LineFormatter("%(message)s").format(record)
