"""Two people changed the same thing: the second one's page was older than what is kept now."""

from datong.terms.fault import Fault
from datong.terms.text import Text


class StaleWrite(Fault):
    """`subject` is written as in an event ("resource/police.resident"); `revision` is the one that was changed."""

    def __init__(self, subject: str, revision: int) -> None:
        self.subject, self.revision = subject, revision
        super().__init__(
            Text(
                zh=f"{subject} 在您查看之后已被他人更改，为避免覆盖，本次更改未保存。请重新打开后再改。",
                en=f"{subject} was changed by somebody else after you opened it. Nothing was saved, so that neither change "
                "is lost. Open it again and make your change there.",
            )
        )
