"""A sentence in both languages a person may read it in. Whoever writes one side must write the other."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Text:
    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in `language`, or in the other one where this side was left empty."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    def __str__(self) -> str:
        return self.en or self.zh
