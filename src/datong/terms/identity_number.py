"""One spelling for an identity number (GB 11643), so that one person is one person wherever their number was typed."""

import re
import unicodedata

_OLD = re.compile(r"\d{15}\Z")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def canonical(written: str) -> str:
    """Half-width, capital X, and the old form of 15 digits as the 18 it became; anything else as it was written, trimmed.

    The old form has no century: those who got one were born in the nineteen-hundreds.
    """
    number = unicodedata.normalize("NFKC", written).strip().upper()
    return _of_18(number) if _OLD.match(number) and number.isascii() else number


def _of_18(old: str) -> str:
    body = f"{old[:6]}19{old[6:]}"
    return body + _CHECKS[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]
