"""Why a request can't be sent, or an agreement not be signed: code → reason, next step. Listed, so that it can be
documented."""

from collections.abc import Mapping
from types import MappingProxyType

from datong.terms.text import Text


def _part(zh: str, en: str) -> tuple[Text, Text]:
    return (
        Text(f"未填写{zh}（第二十条）。", f"The {en} is missing (Art. 20)."),
        Text(f"请在申请中填写{zh}。", f"Fill in the {en}."),
    )


REFUSALS: Mapping[str, tuple[Text, Text]] = MappingProxyType(
    {
        # What a request says
        "sharing.basis_missing": _part("依据", "legal basis"),
        "sharing.scenario_missing": _part("使用场景", "scenario"),
        "sharing.scope_missing": _part("共享范围", "scope: what is asked for"),
        "sharing.fields_missing": _part("{resource} 的数据项", "list of fields of {resource}"),
        "sharing.purpose_unknown": (
            Text("用途“{purpose}”不在用途清单中。", "“{purpose}” isn't a listed purpose."),
            Text("请从清单中选取：{purposes}。", "Choose one of: {purposes}."),
        ),
        "sharing.period_over": (
            Text("使用时限已于 {last} 届满。", "The period ended on {last}."),
            Text("请就尚未届满的时限提出申请。", "Ask for a period that isn't over."),
        ),
        "sharing.head_not_named": (
            Text(
                "部门 {department} 尚未指定共享工作机构负责人（第十一条）。",
                "{department} has named no head of its sharing office (Art. 11).",
            ),
            Text(
                "请管理员或共享主管部门予以指定。",
                "Ask an administrator or the sharing authority to name one.",
            ),
        ),
        "sharing.consent_missing": (
            Text(
                "申请须经本部门共享工作机构负责人同意（第二十条）。",
                "A request needs the consent of the head of your sharing office (Art. 20).",
            ),
            Text("请 {head} 同意后再提出。", "Ask {head} for consent first."),
        ),
        # What it asks for
        "sharing.not_in_catalogue": (
            Text("已发布的目录中没有 {resource}。", "The published catalogue has no {resource}."),
            Text(
                "请在目录中查找，或请提供部门发布。",
                "Search the catalogue, or ask the provider to publish it.",
            ),
        ),
        "sharing.own_data": (
            Text("{resource} 由本部门提供。", "{resource} is your own department's."),
            Text("使用本部门数据无须申请，可直接查询。", "Query it without an agreement."),
        ),
        "sharing.not_shared": (
            Text(
                "{resource} 属于不予共享：{conditions}（{basis}）。",
                "{resource} is not shared: {conditions} ({basis}).",
            ),
            Text(
                "如有异议，可与提供部门协商，或提请共享主管部门。",
                "Take it up with the provider, or with the authority.",
            ),
        ),
        "sharing.no_such_field": (
            Text("{resource} 没有数据项 {field}。", "{resource} has no field {field}."),
            Text("请查看 {resource} 的目录条目。", "Look at the catalogue entry of {resource}."),
        ),
        "sharing.field_twice": (
            Text("{resource} 的 {field} 重复列出。", "{field} of {resource} is listed twice."),
            Text("请只列一次。", "List it once."),
        ),
        "sharing.scope_not_readable": (
            Text(
                "{resource} 的范围条件 {field} {comparison} 与类型 {type} 不符。",
                "In the scope of {resource}, {field} {comparison} … can't be read for a field of type {type}.",
            ),
            Text(
                "请核对取值个数与写法（日期写作 2026-01-31）。",
                "Check how many values it has and how they are written (a day as 2026-01-31).",
            ),
        ),
        "sharing.several_providers": (
            Text(
                "一份申请只能向一个部门提出，现涉及：{providers}。",
                "One request goes to one provider; this one concerns {providers}.",
            ),
            Text("请按提供部门分别提出。", "Send one request to each."),
        ),
        "sharing.resource_twice": (
            Text("{resource} 在申请中重复出现。", "{resource} is asked for twice."),
            Text("请合并为一项，只设一个范围。", "Ask for it once, with one scope."),
        ),
        # What stands between a request and an agreement
        "sharing.grade_not_confirmed": (
            Text("{resource} 的 {field} 尚无确认的级别。", "{field} of {resource} has no confirmed grade."),
            Text(
                "请 {provider} 的数据专员确认其级别。",
                "Ask a data officer of {provider} to confirm its grade.",
            ),
        ),
        "sharing.never_shared": (
            Text(
                "{what} 属于{grade}，本平台不自行共享。",
                "{what} is {grade}, which this platform never shares on its own.",
            ),
            Text(
                "须在平台之外依法作出并留存专门决定。",
                "That takes a recorded decision outside the platform, as the law prescribes.",
            ),
        ),
        "sharing.not_asked_for": (
            Text("申请中没有 {resource} 的 {field}。", "Nobody asked for {field} of {resource}."),
            Text("请只处理申请的数据项。", "Choose for the fields of the request only."),
        ),
        "sharing.more_than_asked": (
            Text(
                "{resource} 的 {field} 只申请了较严的处理方式。",
                "For {field} of {resource} less was asked for than you would show.",
            ),
            Text("按最小必要原则，请不超出申请。", "Least data: show no more than was asked for."),
        ),
        "sharing.reason_for_more_missing": (
            Text(
                "{resource} 的 {field} 的处理方式宽于其级别的默认方式。",
                "{field} of {resource} would be shown more openly than its grade's default.",
            ),
            Text("请说明理由，或采用默认方式。", "Give the reason, or keep the default."),
        ),
    }
)
