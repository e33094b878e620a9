"""Everything that can happen to grades, as the ledger names it. Evidence is told by detector and share, never by value."""

from datong.terms.text import Text

KINDS: dict[str, Text] = {
    "grading.proposed": Text(
        "检测后提出级别建议；facts：快照、规则包版本、各数据项的级别、确定程度与数据元、整表级别与人数、"
        "因发现更高风险而失去确认的数据项",
        "Columns were examined and grades proposed; facts: snapshot, pack version, each column's grade, verdict and element, "
        "the table's grade and how many people it concerns, columns that lost their confirmation to something graver",
    ),
    "grading.confirmed": Text(
        "确认级别；facts：数据项与级别、理由",
        "Grades were confirmed; facts: columns and grades, why",
    ),
    "grading.lowering_proposed": Text(
        "提出降级，等待第二人确认；facts：数据项、原级别、拟降至、理由",
        "A lowering was proposed and waits for a second person; facts: column, grade until then, grade proposed, why",
    ),
    "grading.lowering_confirmed": Text(
        "第二人确认降级；facts：数据项、原级别、现级别、提出人、理由",
        "A second person confirmed a lowering; facts: column, grade until then, grade now, who proposed it, why",
    ),
}
