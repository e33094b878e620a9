"""What a column's heading says, in Chinese or English (or the initials of pinyin that departments' databases are full of).

Headings are cut into words and only whole words count: "acid" holds no "cid". Both languages name the thing last, so the
last entry found decides (证件类型 is a type); topics colour the whole heading wherever they stand (疾病编码).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_PARENTHESES = re.compile(r"[(（\[【].*?[)）\]】]")
# Latin at capitals (IDNumber → id, number), digits apart, each Chinese character by itself.
_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[㐀-鿿]")

Words = tuple[str, ...]


@dataclass(frozen=True)
class NameRule:
    """`needs` is the length that values must reach before the heading is believed (a yes/no under 身份证 is no number)."""

    element: str
    anywhere: bool = False
    needs: int = 0


@dataclass(frozen=True)
class Dictionary:
    """Entries by their words; `fold` maps traditional characters to simplified ones; `mutes` silence topics."""

    entries: Mapping[Words, NameRule]
    fold: Mapping[int, int]
    mutes: frozenset[str]

    @property
    def longest(self) -> int:
        return max(map(len, self.entries), default=0)


def words(heading: str, fold: Mapping[int, int] | None = None) -> Words:
    """Full-width is read as half-width; what stands in brackets (元, 必填) isn't part of the name unless nothing else is."""
    plain = unicodedata.normalize("NFKC", heading).translate(dict(fold or {}))
    bare = _PARENTHESES.sub(" ", plain)
    found = _WORDS.findall(bare) or _WORDS.findall(plain)
    return tuple(word.lower() for word in found)


def read(heading: str, dictionary: Dictionary) -> tuple[NameRule, ...]:
    """What the heading names first, then what else it speaks of; nothing where no word of it is known."""
    rules = _segments(words(heading, dictionary.fold), dictionary)
    if not rules:
        return ()
    named = rules[-1]
    if named.element in dictionary.mutes:
        return (named,)
    topics = tuple(
        dict.fromkeys(rule for rule in rules[:-1] if rule.anywhere and rule.element != named.element)
    )
    # 诊断名称 is a diagnosis before it is a name; 患者电话 stays a telephone number.
    return (*topics, named) if named.element.startswith("record.") else (named, *topics)


def _segments(heading: Words, dictionary: Dictionary) -> list[NameRule]:
    found, at = [], 0
    while at < len(heading):
        for end in range(min(len(heading), at + dictionary.longest), at, -1):
            rule = dictionary.entries.get(heading[at:end])
            if rule is not None:
                found.append(rule)
                at = end
                break
        else:
            at += 1
    return found
