"""Every refusal the gateway can give, as data: a stable code, what happened and what to ask for, in both languages.

The braces hold names from the query or the catalogue, never a value from a table, and no refusal depends on one.
"""

from collections.abc import Mapping
from types import MappingProxyType

from datong.gateway.engine import Limits
from datong.terms.refusal import Refusal, fill
from datong.terms.text import Text

# code → (reason, next step)
REFUSALS: Mapping[str, tuple[Text, Text]] = MappingProxyType(
    {
        # What the query is
        "gateway.dialect_unknown": (
            Text("不支持以 {dialect} 方言书写的查询。", "Queries in the dialect {dialect} aren't read here."),
            Text("请使用以下方言之一：{known}。", "Write it in one of: {known}."),
        ),
        "gateway.query_too_long": (
            Text(
                "查询过长：最多 {limit} 个{unit}。", "The query is too long: the limit is {limit} {unit_en}."
            ),
            Text("请拆成几个较小的查询。", "Split it into smaller queries."),
        ),
        "gateway.query_too_deep": (
            Text(
                "查询嵌套过深：最多 {limit} 层。",
                "The query is nested too deeply: the limit is {limit} levels.",
            ),
            Text("请减少括号或子查询的层数。", "Use fewer levels of brackets or sub-queries."),
        ),
        "gateway.query_grows_too_large": (
            Text(
                "查询展开别名和 * 之后过大：最多 {limit} 个语法单元。",
                "With its aliases and stars written out, the query is too large: the limit is {limit} parts.",
            ),
            Text(
                "请勿在别名上反复套用别名，或拆成几个查询。",
                "Build fewer aliases upon aliases, or split it into several queries.",
            ),
        ),
        "gateway.query_not_readable": (
            Text(
                "查询无法识别，问题在第 {line} 行第 {column} 列附近。",
                "The query can't be read; the trouble is near line {line}, column {column}.",
            ),
            Text("请检查此处的拼写与括号。", "Check the spelling and the brackets there."),
        ),
        "gateway.query_not_single": (
            Text("一次只能提交一条语句，此处有 {count} 条。", "One statement at a time: here are {count}."),
            Text("请逐条提交。", "Send them one by one."),
        ),
        "gateway.query_not_select": (
            Text(
                "只受理查询（SELECT 及其集合运算），不受理 {what}。",
                "Only SELECT and set operations on SELECTs are served, not {what}.",
            ),
            Text("请改写为 SELECT 查询。", "Write it as a SELECT."),
        ),
        "gateway.construct_not_allowed": (
            Text(
                "查询中的“{what}”不在许可的语法之内。", "{what} isn't among the constructs that are served."
            ),
            Text("{instead_zh}", "{instead}"),
        ),
        "gateway.function_not_allowed": (
            Text(
                "函数 {name} 不在许可的函数清单内。",
                "The function {name} isn't on the list of functions served.",
            ),
            Text(
                "请改用清单内的函数，清单见《数据网关》说明。",
                "Use a listed function; the list is in the gateway's documentation.",
            ),
        ),
        "gateway.amount_not_plain": (
            Text(
                "函数 {name} 的数量须直接写成数字，且不超过 {limit}。",
                "How much {name} makes must be written as a plain number, at most {limit}.",
            ),
            Text(
                "请写明具体数字（日期序列请写明起止日期和按天的间隔），不用字段或算式。",
                "Write the number itself (for days: both dates and an interval of days), not a column or a calculation.",
            ),
        ),
        "gateway.table_not_plain": (
            Text(
                "表 {name} 不是资源名：资源一律写作“部门.表”，不接受文件、路径或表函数。",
                "The table {name} isn't a resource: one is written department.table, never a file, a path or a function.",
            ),
            Text(
                "请在目录中查找资源，按“部门.表”书写。",
                "Find the resource in the catalogue and write department.table.",
            ),
        ),
        # What it reads
        "gateway.resource_unknown": (
            Text("没有已发布的资源 {resource}。", "There is no published resource {resource}."),
            Text("请在目录中检索，或向该部门询问。", "Search the catalogue, or ask the department."),
        ),
        "gateway.resource_secret": (
            Text(
                "{resource} 涉密，不在政务数据共享之列（条例第二条）。",
                "{resource} is marked secret: it isn't government data to be shared (Art. 2).",
            ),
            Text("请按保密规定另行办理。", "Follow the rules on secrets instead."),
        ),
        "gateway.resource_not_landed": (
            Text("{resource} 尚无已入库的数据。", "Nothing has been landed for {resource} yet."),
            Text("请联系 {provider} 交付数据。", "Ask {provider} to deliver it."),
        ),
        "gateway.resource_names_collide": (
            Text(
                "{resource} 有仅大小写不同的字段名，无法区分。",
                "{resource} has fields whose names differ by case alone.",
            ),
            Text("请 {provider} 更改其一。", "Ask {provider} to rename one of them."),
        ),
        "gateway.column_unknown": (
            Text("查询中的字段 {column} 找不到。", "The column {column} can't be found."),
            Text(
                "请对照目录中的字段名书写，如有歧义请加表名；值须用单引号（'…'）括起。",
                "Write it as the catalogue does, with its table where it is ambiguous; values take single quotes: '…'.",
            ),
        ),
        "gateway.columns_do_not_line_up": (
            Text(
                "集合运算两侧的字段数不同：* 只含您可见的字段。",
                "The sides of a set operation differ in columns: * stands for what you may see.",
            ),
            Text("请在两侧逐一写出字段。", "Name the columns on both sides."),
        ),
        "gateway.column_not_graded": (
            Text(
                "{resource} 的字段 {column} 尚未确认级别，不能提供。",
                "Column {column} of {resource} has no confirmed grade, so it can't be served.",
            ),
            Text(
                "请 {provider} 的数据专员在目录中确认级别。",
                "A data officer of {provider} can confirm one in the catalogue, under Grades.",
            ),
        ),
        "gateway.column_never_shared": (
            Text(
                "{resource} 的字段 {column} 属重要或核心数据，本系统不提供。",
                "Column {column} of {resource} is important or core data, which this system never serves.",
            ),
            Text(
                "此类数据须由主管机关另行决定。",
                "It needs a decision of the competent authority outside this system.",
            ),
        ),
        "gateway.column_grade_risen": (
            Text(
                "{resource} 的字段 {column} 的级别在协议签署后已提高，暂不提供。",
                "The grade of {column} of {resource} has risen since the agreement was signed.",
            ),
            Text(
                "请就该字段重新申请，续签协议。", "Request the field again, so that the agreement is renewed."
            ),
        ),
        "gateway.column_not_granted": (
            Text(
                "协议未授予 {resource} 的字段 {column}。",
                "No agreement grants {column} of {resource} for this purpose.",
            ),
            Text(
                "如履职确需，请向 {provider} 申请该字段。",
                "If your duty needs it, request that field from {provider}.",
            ),
        ),
        "gateway.column_verify_only": (
            Text(
                "{resource} 的字段 {column} 仅供核验，不能查询。",
                "{column} of {resource} may be verified, not read.",
            ),
            Text(
                "请使用核验：提交要核对的值，得到“是”或“否”。",
                "Use verification: hand in the value to check and get yes or no.",
            ),
        ),
        "gateway.column_not_delivered": (
            Text(
                "{resource} 最近一次交付中没有字段 {column}。",
                "The last delivery of {resource} has no column {column}.",
            ),
            Text("请联系 {provider}。", "Ask {provider}."),
        ),
        # Who asks, and on what ground
        "gateway.role_reads_no_data": (
            Text("您的角色不能查询数据。", "Your roles don't read data."),
            Text(
                "请由本部门的经办人、数据专员或共享负责人查询。",
                "An officer, data officer or sharing head of the department can.",
            ),
        ),
        "gateway.no_agreement": (
            Text(
                "贵部门没有就用途“{purpose}”使用 {resource} 的协议。",
                "Your department has no agreement on {resource} for the purpose {purpose}.",
            ),
            Text("请向 {provider} 提出共享申请。", "Send {provider} a sharing request."),
        ),
        "gateway.purpose_unknown": (
            Text(
                "用途不在规则包的用途清单内；查询本部门自有数据也须载明用途。",
                "The purpose isn't one of the listed ones; a department's own data is used for a purpose, too.",
            ),
            Text("请从以下用途中选取：{known}。", "Choose one of: {known}."),
        ),
        "gateway.agreement_unknown": (
            Text("贵部门没有编号为 {agreement} 的协议。", "Your department has no agreement {agreement}."),
            Text("请核对编号。", "Check the number."),
        ),
        "gateway.agreement_revoked": (
            Text("协议 {agreement} 已撤销。", "The agreement {agreement} has been revoked."),
            Text(
                "请向 {provider} 了解原因，或重新申请。",
                "Ask {provider} for the reason, or send a new request.",
            ),
        ),
        "gateway.agreement_not_in_period": (
            Text(
                "协议 {agreement} 的有效期为 {first} 至 {last}，今日不在期内。",
                "The agreement {agreement} holds from {first} to {last}, not today.",
            ),
            Text("请申请续期。", "Request a renewal."),
        ),
        "gateway.agreement_other_purpose": (
            Text(
                "协议 {agreement} 不是为用途“{purpose}”签署的（条例第二十五条）。",
                "The agreement {agreement} wasn't made for the purpose {purpose} (Art. 25).",
            ),
            Text(
                "请以协议载明的用途查询，或就新用途提出申请。",
                "Query for the purpose it names, or request this one.",
            ),
        ),
        "gateway.agreements_ambiguous": (
            Text(
                "多个协议（{agreements}）都可用于 {resource}，且内容不同。",
                "Several agreements ({agreements}) serve {resource}, and they differ.",
            ),
            Text("请指明依据哪一个协议。", "Name the agreement you rely on."),
        ),
        "gateway.agreements_do_not_add_up": (
            Text(
                "没有哪一个协议授予所查询的 {resource} 的全部字段（{columns}）；不同协议的字段不能拼在一张表里。",
                "No single agreement grants all the columns read of {resource} ({columns}); fields of several aren't put together.",
            ),
            Text(
                "请分别查询，或申请一个涵盖全部字段的协议。",
                "Query them apart, or request one agreement for all of them.",
            ),
        ),
        "gateway.scope_not_enforceable": (
            Text(
                "协议 {agreement} 的范围涉及 {resource} 中已不存在或类型不符的字段，无法执行。",
                "The scope of {agreement} names a field that {resource} no longer has, or of another type: it can't be enforced.",
            ),
            Text("请 {provider} 修订协议的范围。", "Ask {provider} to amend the scope."),
        ),
        # How it may be used
        "gateway.use_lookup_only": (
            Text(
                "协议 {agreement} 只许逐条查询：须以“{key} = 值”限定一条记录，只查这一张表。",
                "The agreement {agreement} allows look-ups only: one table, with {key} = a value.",
            ),
            Text("请在 WHERE 中写明 {key} = 某值。", "Add WHERE {key} = a value."),
        ),
        "gateway.use_aggregate_only": (
            Text(
                "协议 {agreement} 只许统计：{rule_zh}",
                "The agreement {agreement} allows statistics only: {rule}",
            ),
            Text(
                "请写成：SELECT 分组字段, COUNT(*) FROM {resource} GROUP BY 分组字段。",
                "Write SELECT field, COUNT(*) FROM {resource} GROUP BY field.",
            ),
        ),
        "gateway.use_verify_only": (
            Text(
                "协议 {agreement} 只许核验，不返回数据。",
                "The agreement {agreement} allows verification, which returns no data.",
            ),
            Text("请使用核验。", "Use verification."),
        ),
        "gateway.use_bulk_only": (
            Text(
                "协议 {agreement} 约定批量交付文件，不作在线查询。",
                "The agreement {agreement} provides files in bulk, not queries.",
            ),
            Text(
                "请 {provider} 交付文件，或申请“明细查询”方式。",
                "Ask {provider} for the file, or request the modality rows.",
            ),
        ),
        "gateway.claim_not_granted": (
            Text(
                "协议未授予核验 {resource} 的字段 {column}。",
                "No agreement grants verifying {column} of {resource}.",
            ),
            Text("请向 {provider} 申请该字段的核验。", "Request verification of that field from {provider}."),
        ),
        "gateway.claim_not_of_type": (
            Text(
                "要核验的 {column} 的值与该字段的类型不符。",
                "The value claimed for {column} isn't of the field's type.",
            ),
            Text(
                "日期请写作 2026-01-31，数字不带单位。",
                "Write dates as 2026-01-31 and numbers without a unit.",
            ),
        ),
        "gateway.use_no_verification": (
            Text(
                "协议 {agreement} 只提供统计或批量文件，不对单个对象作核验。",
                "The agreement {agreement} gives statistics or files, and no yes or no about a single person.",
            ),
            Text(
                "如履职确需核验，请向 {provider} 申请“核验”方式。",
                "If your duty needs it, request the modality verify from {provider}.",
            ),
        ),
        "gateway.key_not_granted": (
            Text(
                "协议未授予以 {resource} 的标识字段 {key} 进行核验。",
                "The agreement doesn't grant {key}, by which a record of {resource} is found, for verification.",
            ),
            Text(
                "请向 {provider} 申请将该字段“仅供核验”。",
                "Request that field for verification from {provider}.",
            ),
        ),
        "gateway.nothing_claimed": (
            Text("没有填写要核验的内容。", "Nothing was claimed, so there is nothing to verify."),
            Text(
                "请至少填写 {resource} 的一个字段的值。",
                "Fill in the value you believe of at least one field of {resource}.",
            ),
        ),
        "gateway.nothing_to_verify_by": (
            Text(
                "{resource} 没有可据以核验的标识字段。", "{resource} has no identifying column to verify by."
            ),
            Text(
                "请 {provider} 在目录中标明标识字段的数据元。",
                "Ask {provider} to name the standard element of the identifying column.",
            ),
        ),
        # What went wrong while it ran. Which of these it was depends on the query and on what the caller may see.
        "gateway.stopped_time": (
            Text(
                "查询超过 {seconds} 秒，已停止。",
                "The query took more than {seconds} seconds and was stopped.",
            ),
            Text("请缩小范围，或减少连接的表。", "Narrow it, or join fewer tables."),
        ),
        "gateway.stopped_memory": (
            Text(
                "查询所需内存超过 {memory_mb} MB，已停止。",
                "The query needed more than {memory_mb} MB and was stopped.",
            ),
            Text("请缩小范围，或少取字段。", "Narrow it, or read fewer columns."),
        ),
        "gateway.stopped_rows": (
            Text(
                "结果超过 {rows} 行，未予返回。", "The answer has more than {rows} rows and wasn't returned."
            ),
            Text(
                "请加条件、汇总，或申请批量交付。",
                "Add a condition, aggregate, or request the modality bulk.",
            ),
        ),
        "gateway.stopped_size": (
            Text(
                "结果超过 {result_mb} MB，未予返回。",
                "The answer is larger than {result_mb} MB and wasn't returned.",
            ),
            Text(
                "请加条件、少取字段，或申请批量交付。",
                "Add a condition, read fewer columns, or request the modality bulk.",
            ),
        ),
        "gateway.stopped_busy": (
            Text(
                "当前查询较多，等候 {seconds} 秒仍未轮到，查询没有执行。",
                "Other queries took every place for {seconds} seconds, so this one wasn't run.",
            ),
            Text(
                "请稍后再试；若经常如此，请管理员调整 DATONG_QUERIES_AT_ONCE。",
                "Try again in a while; if it happens often, an administrator can raise DATONG_QUERIES_AT_ONCE.",
            ),
        ),
        "gateway.stopped_conversion": (
            Text(
                "查询中的计算遇到无法转换或超出范围的值。",
                "A value computed by the query couldn't be converted or was out of range.",
            ),
            Text("请使用 TRY_CAST，或检查算式。", "Use TRY_CAST, or check the arithmetic."),
        ),
        "gateway.stopped_query": (
            Text(
                "查询中的函数或运算与字段的类型不符。",
                "A function or operator doesn't go with the types of its columns.",
            ),
            Text(
                "请对照目录中的字段类型；被掩码的字段可能改变了类型。",
                "Check the types in the catalogue; a masked column may have another.",
            ),
        ),
        "gateway.stopped_other": (
            Text("查询未能完成，没有返回任何数据。", "The query couldn't be finished; no data was returned."),
            Text(
                "请稍后再试；若再次发生，请凭台账条目号联系管理员。",
                "Try again; if it happens again, give the administrator the number of the ledger entry.",
            ),
        ),
    }
)


def fault(kind: str, limits: Limits) -> Refusal:
    """The refusal that tells a person of an EngineFault."""
    known = f"gateway.stopped_{kind}"
    return refuse(
        known if known in REFUSALS else "gateway.stopped_other",
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
        rows=limits.rows,
        result_mb=limits.result_mb,
    )


def refuse(code: str, **facts: object) -> Refusal:
    """The listed refusal with its facts filled in."""
    return fill(REFUSALS, code, **facts)
