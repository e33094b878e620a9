"""A fault: an exception that a person must do something about, told to them in their language."""

from datong.terms.text import Text


class Fault(Exception):
    """Raise a subclass named for the fact, which keeps the facts as fields.

    `text` says what happened, why we stop and what to do next, in both languages, and holds no personal value.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)
