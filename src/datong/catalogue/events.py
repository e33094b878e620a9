"""Everything that can happen to the catalogue, as the ledger names it."""

from datong.terms.text import Text

KINDS: dict[str, Text] = {
    "catalogue.department_added": Text(
        "登记部门；facts：代码、名称、统一社会信用代码",
        "A department was added; facts: code, title, credit code",
    ),
    "catalogue.sharing_head_named": Text(
        "指定共享工作机构负责人；facts：原负责人账号、现负责人账号",
        "The head of a department's sharing office was named; facts: the login before and now",
    ),
    "catalogue.elements_adopted": Text(
        "采用规则包中的数据元；facts：新增数据元代码",
        "Standard data elements were taken from the rules pack; facts: the codes that were new",
    ),
    "catalogue.authority_named": Text(
        "确定数据元的数源部门（一数一源）；facts：原数源部门、现数源部门",
        "An element's authoritative department was named; facts: the department before and now",
    ),
    "catalogue.resource_drafted": Text(
        "数据入湖后生成目录草稿；facts：快照、数据项数",
        "A draft entry was made from a landed table; facts: snapshot, number of fields",
    ),
    "catalogue.fields_changed": Text(
        "再次入湖时数据项有变化；facts：快照、新增、消失、类型改变的数据项",
        "A later delivery changed the fields; facts: snapshot, names that appeared, vanished or changed type",
    ),
    "catalogue.resource_described": Text(
        "编辑目录条目；facts：改动的栏目",
        "An entry was edited; facts: which of its parts changed",
    ),
    "catalogue.elements_recognised": Text(
        "将数据项对应到数据元；facts：数据项与数据元",
        "Columns were matched to standard data elements; facts: column and element",
    ),
    "catalogue.resource_submitted": Text(
        "提交共享主管部门审核；facts：评估日期、批准人、缺少法律依据的条件",
        "An entry was submitted for review; facts: day of assessment, who approved it, "
        "whether a condition stands without a law",
    ),
    "catalogue.resource_published": Text(
        "审核通过并发布；facts：发布日期", "An entry was published; facts: the day"
    ),
    "catalogue.resource_returned": Text("退回并说明理由；facts：理由", "An entry was returned; facts: why"),
    "catalogue.resource_withdrawn": Text("目录下架；facts：理由", "An entry was withdrawn; facts: why"),
}
