"""Reading the small TOML files that some commands take, with faults a clerk understands."""

import tomllib
from pathlib import Path
from typing import Any

from datong.terms.fault import Fault
from datong.terms.text import Text


class FileNotReadable(Fault):
    """`where` is tomllib's own position ("line 3, column 9"), "" when the file isn't there at all."""

    def __init__(self, path: Path, where: str = "") -> None:
        self.path, self.where = path, where
        super().__init__(
            Text(
                zh=f"无法读取 {path.name}"
                + (f"：{where} 处格式有误。请改正后重试。" if where else "：文件不存在或无权读取。"),
                en=f"{path.name} can't be read"
                + (
                    f": it isn't TOML at {where}. Correct it and try again."
                    if where
                    else ": there is no such file, or no right to read it."
                ),
            )
        )


class WrittenWrongly(Fault):
    """A file was TOML, but an item of it is missing or isn't what it should be. `item` names it."""

    def __init__(self, path: Path, item: str) -> None:
        self.path, self.item = path, item
        super().__init__(
            Text(
                zh=f"{path.name} 中的 {item} 缺失或写法不对。请对照 docs/how-to 中的示例改正。",
                en=f"{item} in {path.name} is missing or isn't written as expected. Compare the example under docs/how-to.",
            )
        )


def read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError:
        raise FileNotReadable(path) from None
    except UnicodeDecodeError:
        raise FileNotReadable(path, "a character that isn't UTF-8") from None
    except tomllib.TOMLDecodeError as fault:
        # The message quotes what stands in the file; only the position is passed on.
        raise FileNotReadable(path, str(fault).rpartition("(at ")[2].rstrip(")") or "its end") from None
