"""One file of the rules pack, as TOML. What officials change without programming must fail in words they understand."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datong.terms.fault import Fault
from datong.terms.text import Text


class RulesNotReadable(Fault):
    """`file` is the rules file's name; `because` says what is wrong in it."""

    def __init__(self, file: str, because: str) -> None:
        self.file, self.because = file, because
        super().__init__(
            Text(
                zh=f"规则文件 {file} 无法使用：{because}。在改正之前，依赖它的办理都会停下。请改正该文件，或恢复上一版本。",
                en=f"The rules file {file} can't be used: {because}. Everything that rests on it stops until it is "
                "right. Correct the file, or put its last version back.",
            )
        )


def read(path: Path) -> Mapping[str, Any]:
    """The file's table; raises RulesNotReadable where there is none or it isn't TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RulesNotReadable(path.name, f"it can't be opened ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesNotReadable(path.name, f"it isn't TOML ({error})") from None


def needed(row: Mapping[str, Any], key: str, *, file: str) -> str:
    """`row[key]` as non-empty text; raises RulesNotReadable, naming the row, otherwise."""
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise RulesNotReadable(file, f"an entry ({row.get('code', row.get('id', '?'))}) has no {key}")
    return value


def titled(row: Mapping[str, Any], *, file: str) -> Text:
    return Text(zh=needed(row, "zh", file=file), en=needed(row, "en", file=file))
