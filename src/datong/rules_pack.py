"""A jurisdiction's rules pack: the folder that officials edit, each capability reading its own files in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from datong import environment
from datong.catalogue import pack as catalogue_pack
from datong.catalogue.element import Element
from datong.grading import pack as grading_pack
from datong.grading.pack import GradingPack
from datong.sharing import pack as sharing_pack
from datong.sharing.pack import SharingPack
from datong.terms.fault import Fault
from datong.terms.purpose import Purpose
from datong.terms.text import Text


class NoRulesHere(Fault):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            Text(
                zh=f"在 {folder} 找不到规则包（purposes.toml 等文件），节点因此未打开。请将 DATONG_RULES 设为规则包目录，"
                "例如 项目目录/rules/cn。",
                en=f"There is no rules pack in {folder} (purposes.toml and the rest), so the node isn't opened. "
                "Set DATONG_RULES to its folder, such as rules/cn of the project.",
            )
        )


@dataclass(frozen=True)
class Pack:
    """Purposes and elements by their code, in the order of their files."""

    folder: Path
    purposes: Mapping[str, Purpose]
    elements: Mapping[str, Element]
    grading: GradingPack
    sharing: SharingPack

    @classmethod
    def read(cls, folder: Path) -> "Pack":
        """Raises NoRulesHere, and RulesNotReadable for a file that is wrong."""
        if not (folder / "purposes.toml").is_file():
            raise NoRulesHere(folder)
        catalogue = catalogue_pack.read(folder)
        return cls(
            folder=folder,
            purposes=catalogue.purposes,
            elements=catalogue.elements,
            grading=grading_pack.read(folder),
            sharing=sharing_pack.read(folder),
        )


def folder() -> Path:
    """DATONG_RULES, or rules/cn of the project that this package is installed from in place."""
    named = environment.text("DATONG_RULES")
    return Path(named).resolve() if named else Path(__file__).resolve().parents[2] / "rules" / "cn"
