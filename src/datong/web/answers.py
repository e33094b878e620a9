"""What people write into forms, read strictly: a choice from our own list, a day, a whole number, or nothing."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from datong.terms.fault import Fault
from datong.terms.text import Text

Choice = TypeVar("Choice", bound=StrEnum)


class NotADay(Fault):
    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="日期无法识别。请写作 年-月-日，例如 2026-12-31。",
                en="A date can't be read. Write it as year-month-day, such as 2026-12-31.",
            )
        )


class NotAChoice(Fault):
    """Only a form that isn't ours can send this."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="提交的选项不在列表之中。请返回、刷新页面后重新选择。",
                en="A choice that was sent isn't in the list. Go back, reload the page and choose again.",
            )
        )


def choice(kind: type[Choice], written: str | None) -> Choice | None:
    try:
        return kind(written) if written else None
    except ValueError:
        raise NotAChoice from None


def day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written.strip()) if written and written.strip() else None
    except ValueError:
        raise NotADay from None


def number(written: str | None) -> int | None:
    """A whole number in an address; whatever else stands there counts as nothing."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 16 else None
