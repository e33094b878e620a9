"""Everything an entry may lack when it is submitted: code → what is missing, and what to do. Listed, so that it can be
documented."""

from collections.abc import Mapping
from types import MappingProxyType

from datong.terms.text import Text


def _part(zh: str, en: str) -> tuple[Text, Text]:
    return (
        Text(f"未填写{zh}（第十三条）。", f"The {en} is missing (Art. 13)."),
        Text(f"请在目录条目中填写{zh}。", f"Fill in the {en} of the entry."),
    )


REFUSALS: Mapping[str, tuple[Text, Text]] = MappingProxyType(
    {
        "catalogue.title_missing": _part("目录名称", "name"),
        "catalogue.fields_missing": _part("数据项", "data items"),
        "catalogue.provider_missing": _part("提供单位", "providing department"),
        "catalogue.format_missing": _part("数据格式", "format"),
        "catalogue.update_cycle_missing": _part("更新频率", "update cycle"),
        "catalogue.sharing_missing": _part("共享属性", "sharing attribute"),
        "catalogue.classification_missing": _part("数据分类", "classification"),
        "catalogue.assessment_missing": (
            Text(
                "尚无保密风险与个人信息保护影响评估（第十三条）。",
                "There is no assessment of secrecy risk and of the impact on personal information (Art. 13).",
            ),
            Text("请完成评估并填写日期与结论。", "Make the assessment and enter its day and result."),
        ),
        "catalogue.approval_missing": (
            Text("尚无部门负责人批准（第十三条）。", "The department head hasn't approved it (Art. 13)."),
            Text("请填写批准人。", "Enter who approved it."),
        ),
        "catalogue.conditions_missing": (
            Text(
                "有条件共享须列明共享范围和使用用途（第十五条）。",
                "Conditional sharing states its scope and use (Art. 15).",
            ),
            Text("请填写使用条件。", "Fill in the conditions of use."),
        ),
        "catalogue.reason_missing": (
            Text("不予共享须说明理由（第十五条）。", "Not sharing needs a reason (Art. 15)."),
            Text("请在使用条件栏说明理由。", "State the reason under conditions of use."),
        ),
        "catalogue.basis_missing": (
            Text(
                "不予共享须列明法律、行政法规或国务院决定依据（第十五条）。",
                "Not sharing needs a law, an administrative regulation or a State Council decision (Art. 15).",
            ),
            Text("请填写依据的名称与条款。", "Name it, with the article."),
        ),
        # Doesn't stop an entry: the reviewer sees it.
        "catalogue.condition_without_law": (
            Text(
                "共享条件没有列明法律依据；不得自行设置条件（第十五条）。",
                "The condition names no law; self-made conditions aren't allowed (Art. 15).",
            ),
            Text("请补充依据，或改为无条件共享。", "Name the law, or share without condition."),
        ),
    }
)
