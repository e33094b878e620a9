"""What a log line may hold: no number that could be a person's, and no text that a library wrote about a value.

Our own errors are written so that they hold no personal value. A database driver's aren't: PostgreSQL quotes the row
that broke a constraint, and DuckDB the cell that didn't convert.
"""

import logging
import re
import traceback
from types import TracebackType

# Eleven digits are a mobile number, fifteen or eighteen an identity number, sixteen to nineteen a bank card.
_LONG_NUMBER = re.compile(r"\d{11,}[Xx]?")
WITHHELD = "(text withheld: it may quote a value)"

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def scrubbed(text: str) -> str:
    return _LONG_NUMBER.sub("[number]", text)


class LineFormatter(logging.Formatter):
    """Formats as usual, except that an error from outside Datong shows its type and place and not its text."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have formatted the record before us and left its own, unscrubbed, traceback there.
        record.exc_text = None
        try:
            return scrubbed(super().format(record))
        finally:
            record.exc_text = None

    def formatException(self, ei: ExcInfo) -> str:
        return "\n".join(line for error in _chain(ei[1]) for line in _lines(error))


def _chain(error: BaseException | None) -> list[BaseException]:
    """The error and what caused it, the first cause first, each once."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.insert(0, error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _lines(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    kind = type(error)
    ours = kind.__module__.partition(".")[0] == "datong"
    return [
        *(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames),
        f"{kind.__module__}.{kind.__qualname__}: {error if ours else WITHHELD}",
    ]
