"""Everything that can happen in sharing, as the ledger names it. Scopes hold values, so only their fields are told:
the signed text itself is bound by `sha256`."""

from datong.terms.text import Text

KINDS: dict[str, Text] = {
    "sharing.requested": Text(
        "提出共享申请；facts：提供方、申请方、用途、方式、时限、申请的字段及处理方式、限定范围的字段、同意人、"
        "答复期限（无法推算时说明原因）",
        "A request was sent; facts: provider, consumer, purpose, modality, period, fields with the treatment asked for, "
        "fields its scope is set by, who consented, when the answer is due, or why that can't be reckoned",
    ),
    "sharing.agreement_approved": Text(
        "同意共享并签署协议；facts：申请编号、版本、提供方、申请方、用途、方式、时限、每个字段的处理方式、"
        "低于默认强度的字段与理由、各表级别、协议文本摘要",
        "A request was approved and an agreement signed; facts: request, version, provider, consumer, purpose, modality, "
        "period, every field's treatment, fields shown more than by default and why, tables' grades, digest of what was signed",
    ),
    "sharing.request_refused": Text("不同意共享并说明理由；facts：理由", "A request was refused; facts: why"),
    "sharing.agreement_revoked": Text(
        "终止协议，立即生效；facts：版本、理由、终止后协议文本的摘要",
        "An agreement was revoked, effective at once; facts: version, why, digest of what was signed",
    ),
}
