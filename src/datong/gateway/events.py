"""Everything that can happen at the gateway, as the ledger names it. Persons stand in the entry that comes before data."""

from datong.terms.text import Text

_ASKED = Text(
    "部门、用途、协议、查询文本的密钥摘要", "department, purpose, agreement, keyed digest of the text asked"
)

KINDS: dict[str, Text] = {
    "gateway.query_allowed": Text(
        f"准予查询（先于数据离开）；facts：{_ASKED.zh}，去除取值后的语句，各资源的协议版本、快照、交付、字段及处理方式，"
        "涉及范围（in the answer 为结果所及之人，in scope 为范围内的人）；涉及的人",
        f"A query was allowed, before any data left; facts: {_ASKED.en}, the statement without its values, each resource "
        "with its agreement, version, snapshot, delivery, fields and treatments, and the reach of the persons (in the "
        "answer, or in scope); the persons concerned",
    ),
    "gateway.query_refused": Text(
        f"拒绝查询；facts：{_ASKED.zh}，拒绝代码，涉及的资源",
        f"A query was refused; facts: {_ASKED.en}, codes of the refusals, resources named",
    ),
    "gateway.query_finished": Text(
        "查询结束；facts：准予查询的条目序号，行数，故障类别",
        "A query ended; facts: the index of the entry that allowed it, rows, kind of fault",
    ),
    "gateway.query_explained": Text(
        f"说明查询的处理方式而不执行；facts：{_ASKED.zh}，准予或拒绝代码",
        f"A query was explained, not run; facts: {_ASKED.en}, whether allowed, codes of the refusals",
    ),
    "gateway.verification_allowed": Text(
        "准予核验；facts：部门、用途、协议与版本、资源、快照、核验的字段；涉及的人",
        "A verification was allowed; facts: department, purpose, agreement and version, resource, snapshot, fields "
        "claimed; the person concerned",
    ),
    "gateway.verification_refused": Text(
        "拒绝核验；facts：部门、用途、协议、资源、拒绝代码",
        "A verification was refused; facts: department, purpose, agreement, resource, codes of the refusals",
    ),
    "gateway.verification_finished": Text(
        "核验结束；facts：准予核验的条目序号，故障类别；不含核验结果",
        "A verification ended; facts: the index of the entry that allowed it, kind of fault; never the outcome",
    ),
}
