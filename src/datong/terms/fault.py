"""A fault: an exception that a person must do something about, told to them in their language."""

from datong.terms.text import Text


class Fault(Exception):
    """Raise a subclass named for the fact, which keeps the facts as fields.

    `text` says what happened, why we stop and what to do next, in both languages, and holds no personal value.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class StaleWrite(Fault):
    """A store refuses to save a noun that was changed since it was read. `kind` and `id` name it: "resource", "police.resident"."""

    def __init__(self, kind: str, id: str) -> None:
        self.kind, self.id = kind, id
        super().__init__(
            Text(
                zh=f"{kind} {id} 在您打开之后已被他人修改，为避免覆盖，本次未保存。请重新打开后再试。",
                en=f"The {kind} {id} was changed by someone else after it was read, so nothing was saved over it. "
                "Open it again and repeat the change.",
            )
        )
