"""`python -m docs.check`: what a machine can see wrong with the documents. Part of `make check`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from docs import reference

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
ADR_LINES = 60


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def broken_links() -> Iterator[str]:
    for page in documents():
        for target in LINK.findall(page.read_text("utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                yield f"{page.relative_to(ROOT)}: the link to {target} leads nowhere"


def long_decisions() -> Iterator[str]:
    for page in sorted((ROOT / "docs" / "adr").glob("*.md")):
        lines = len(page.read_text("utf-8").splitlines())
        if lines > ADR_LINES:
            yield f"{page.relative_to(ROOT)}: {lines} lines; a decision fits on a page ({ADR_LINES})"


def paths_of_one_machine() -> Iterator[str]:
    for page in documents():
        if str(ROOT) in page.read_text("utf-8"):
            yield f"{page.relative_to(ROOT)}: names a folder of the machine it was written on"


def glossary_without_a_home() -> Iterator[str]:
    """A term whose file is gone: the glossary says where each word lives, and must go on being right."""
    for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines():
        if not line.startswith("|"):
            continue
        for path in re.findall(r"`([a-z_]+/[a-z_/]*(?:\.py)?)`", line.rsplit("|", 2)[1]):
            if not (ROOT / path).exists() and not (ROOT / "src" / "datong" / path).exists():
                yield f"GLOSSARY.md: {path} doesn't exist"


def readmes_apart() -> Iterator[str]:
    """README.zh.md says the same as README.md, section by section."""
    counts = [
        len(re.findall(r"^#{1,3} ", (ROOT / name).read_text("utf-8"), re.M))
        for name in ("README.md", "README.zh.md")
    ]
    if counts[0] != counts[1]:
        yield f"README.md has {counts[0]} headings and README.zh.md {counts[1]}: one was changed without the other"


def stale_reference() -> Iterator[str]:
    for path, text in reference.pages().items():
        if not path.exists() or path.read_text("utf-8") != text:
            yield f"{path.relative_to(ROOT)} is older than the code it describes: run `make docs`"


CHECKS = (
    broken_links,
    long_decisions,
    paths_of_one_machine,
    glossary_without_a_home,
    readmes_apart,
    stale_reference,
)


def main() -> int:
    faults = [fault for check in CHECKS for fault in check()]
    print(
        "\n".join(faults)
        or f"{len(documents())} documents: links, decisions, glossary and reference are in order."
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
