"""What can be wrong with a log, each with its place and a sentence for the person who has to act on it."""

from dataclasses import dataclass

from datong.terms.text import Text


@dataclass(frozen=True)
class Discrepancy:
    """The first thing that doesn't fit. `code` is stable; the entries concerned are [first, last], both included.

    `last` may reach past the end of the log where what is missing can't be counted.
    """

    code: str
    first: int
    last: int
    text: Text


def entry_changed(index: int) -> Discrepancy:
    return Discrepancy(
        "entry_changed",
        index,
        index,
        Text(
            zh=f"第 {index} 号账目的内容与写入时的散列值不符：账目或散列值被改动过。",
            en=f"Entry {index} doesn't have the hash it was entered with: the entry or the hash was changed.",
        ),
    )


def entry_missing(index: int) -> Discrepancy:
    return Discrepancy(
        "entry_missing",
        index,
        index,
        Text(
            zh=f"缺少第 {index} 号账目：账目被删除、调换或截断。",
            en=f"Entry {index} is missing where it should stand: entries were dropped, moved or cut off.",
        ),
    )


def node_changed(level: int, index: int) -> Discrepancy:
    first, last = index << level, ((index + 1) << level) - 1
    return Discrepancy(
        "node_changed",
        first,
        last,
        Text(
            zh=f"第 {first} 至 {last} 号账目的内部散列值与账目不符：账目或散列值被改动过。",
            en=f"The stored hash over entries {first} to {last} doesn't follow from them: they or it were changed.",
        ),
    )


def checkpoint_not_ours(size: int, known: int, why: Text) -> Discrepancy:
    return Discrepancy(
        "checkpoint_not_ours",
        known,
        max(size - 1, known),
        Text(
            zh=f"账目数为 {size} 的检查点不可信：{why.zh}。检查点被替换过，或公钥不是本节点的。",
            en=f"The checkpoint over {size} entries is not vouched for: {why.en}. It was replaced, or the key isn't this node's.",
        ),
    )


def root_differs(size: int, known: int) -> Discrepancy:
    last = max(size - 1, known)
    return Discrepancy(
        "root_differs",
        known,
        last,
        Text(
            zh=f"第 {known} 至 {last} 号账目算出的根与已签名的检查点（账目数 {size}）不符：这些账目在签名之后被改动过。",
            en=f"Entries {known} to {last} don't hash to the root that was signed over {size}: they were changed since.",
        ),
    )


def told_two_ways(size: int, known: int) -> Discrepancy:
    last = max(size - 1, known)
    return Discrepancy(
        "told_two_ways",
        known,
        last,
        Text(
            zh=f"本节点对账目数 {size} 签署过两个不同的检查点：第 {known} 至 {last} 号账目存在两个版本。请保存两份检查点并报告审计员。",
            en=f"The node signed two different histories over {size} entries: of {known} to {last} there are two versions. "
            "Keep both notes and tell the auditor.",
        ),
    )


def not_signed(first: int, last: int) -> Discrepancy:
    return Discrepancy(
        "not_signed",
        first,
        last,
        Text(
            zh=f"第 {first} 至 {last} 号账目没有任何签名的检查点覆盖。",
            en=f"No signed checkpoint covers entries {first} to {last}: they were added or its checkpoint taken away.",
        ),
    )


def not_witnessed(size: int, witness: str) -> Discrepancy:
    return Discrepancy(
        "not_witnessed",
        size,
        size,
        Text(
            zh=f"最新检查点（账目数 {size}）没有见证方 {witness} 的有效副署。请向见证方索取其最近副署的检查点。",
            en=f"The newest checkpoint, over {size} entries, has no valid signature by the witness {witness}. "
            "Ask the witness for the last one it signed.",
        ),
    )


def cut_off(size: int, entries: int) -> Discrepancy:
    return Discrepancy(
        "cut_off",
        entries,
        size - 1,
        Text(
            zh=f"已签名的检查点记有 {size} 条账目，文件中只有 {entries} 条：其余账目被截去。",
            en=f"A signed checkpoint tells of {size} entries and the file has {entries}: the rest were cut off.",
        ),
    )


def file_damaged(index: int) -> Discrepancy:
    return Discrepancy(
        "file_damaged",
        index,
        index,
        Text(
            zh=f"文件在第 {index} 号账目附近已损坏，无法继续读取。请用备份核对。",
            en=f"The file is damaged near entry {index} and can't be read further. Compare it with a backup.",
        ),
    )
