"""Everything that can happen in intake, as the ledger names it. Facts are counts and names, never a value from a table."""

from datong.terms.text import Text

KINDS: dict[str, Text] = {
    "intake.source_added": Text(
        "登记数据源；facts：部门、地址（不含密码）",
        "A source was added; facts: department, address without its password",
    ),
    "intake.delivery_started": Text(
        "开始接收一次交付；facts：数据源、表、资源", "A delivery was begun; facts: source, table, resource"
    ),
    "intake.delivery_resumed": Text(
        "接续被中断的交付；facts：数据源、表、资源",
        "A delivery that had been cut off was taken up again; facts: source, table, resource",
    ),
    "intake.delivery_read": Text(
        "交付已全部读完并核查，即将入湖；facts：读入、入湖、隔离行数，内容指纹",
        "A delivery was read and checked to its end and is about to be landed; facts: rows read, landed, quarantined; fingerprint",
    ),
    "intake.delivery_landed": Text(
        "交付已入湖；facts：快照、读入、入湖、隔离行数",
        "A delivery was landed; facts: snapshot, rows read, landed, quarantined",
    ),
    "intake.delivery_unchanged": Text(
        "交付内容与上次相同，未写入；facts：相同的那次交付",
        "A delivery held what the last one held, and nothing was written; facts: that delivery",
    ),
    "intake.delivery_stopped": Text(
        "交付中止，上一次的快照仍在使用；facts：原因代码、读入与隔离行数",
        "A delivery was stopped and the last good snapshot stands; facts: the fault's name, rows read and quarantined",
    ),
}
