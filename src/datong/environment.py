"""What an operator can set: environment variables, all of them in this one table, with what each is when it isn't set."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from datong.terms.fault import Fault
from datong.terms.text import Text


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    says: Text


SETTINGS = (
    Setting(
        "DATONG_HOME",
        "home",
        Text(
            zh="节点的数据目录：密钥、数据湖、台账和控制库都在其中。",
            en="The node's folder: keys, lake, ledger and control database.",
        ),
    ),
    Setting(
        "DATONG_DATABASE_URL",
        "",
        Text(
            zh="控制库地址（sqlite:///路径 或 postgresql://用户:密码@主机:端口/库名）。留空则用数据目录中的 control.sqlite。",
            en="The control database (sqlite:///path or postgresql://user:password@host:port/name). "
            "Empty: control.sqlite in the node's folder.",
        ),
    ),
    Setting(
        "DATONG_RULES",
        "",
        Text(
            zh="规则包目录。留空则用随项目提供的 rules/cn。",
            en="The folder of the rules pack. Empty: rules/cn of the project.",
        ),
    ),
    Setting(
        "DATONG_NODE_NAME",
        "datong.local/node",
        Text(
            zh="节点名称，写入台账的每个检查点。初始化后不可更改。",
            en="The node's name, in every checkpoint of the ledger. Can't change after `datong init`.",
        ),
    ),
    Setting(
        "DATONG_HOSTS",
        "localhost,127.0.0.1,[::1]",
        Text(zh="网站应答的主机名，逗号分隔。", en="Host names the site answers to, separated by commas."),
    ),
    Setting(
        "DATONG_HTTPS",
        "no",
        Text(
            zh="网站是否仅经由 HTTPS 反向代理访问（yes/no）：Cookie 仅走加密连接，并启用 HSTS。",
            en="Whether people reach the site only through an HTTPS proxy (yes/no): secure cookies and HSTS.",
        ),
    ),
    Setting(
        "DATONG_TIME_ZONE",
        "Asia/Shanghai",
        Text(zh="页面显示时间所用的时区。", en="The time zone in which pages show times."),
    ),
    Setting(
        "DATONG_AS",
        "",
        Text(zh="命令行以谁的账号办理；等同于 --as。", en="Whose account a command acts as, like --as."),
    ),
    Setting(
        "DATONG_DEMO",
        "",
        Text(
            zh="由 datong demo 设置：登录页列出虚构县的账号。",
            en="Set by `datong demo`: the sign-in page lists the invented county's accounts.",
        ),
    ),
    Setting(
        "DATONG_QUERY_MEMORY_MB",
        "512",
        Text(zh="单次查询的内存上限（MB）。", en="Most memory for one query, in MB."),
    ),
    Setting(
        "DATONG_QUERY_THREADS",
        "2",
        Text(zh="单次查询的线程数上限。", en="Most threads for one query."),
    ),
    Setting(
        "DATONG_QUERY_SECONDS",
        "60",
        Text(zh="单次查询的时间上限（秒）。", en="Most time for one query, in seconds."),
    ),
    Setting(
        "DATONG_QUERY_ROWS",
        "1000000",
        Text(
            zh="单次查询的行数上限；超出则不予返回，不作截断。",
            en="Most rows of one answer; a longer one is refused, not cut off.",
        ),
    ),
    Setting(
        "DATONG_QUERY_RESULT_MB",
        "256",
        Text(
            zh="单次查询结果的大小上限（MB）；超出则不予返回。",
            en="Most MB of one answer; a larger one is refused.",
        ),
    ),
    Setting(
        "DATONG_QUERIES_AT_ONCE",
        "2",
        Text(
            zh="同时执行的查询数上限；其余排队等候，至多等候一次查询的时间上限。宜与处理器核数相当。",
            en="Most queries that run at once; others wait, at most as long as one may run. About as many as there are cores.",
        ),
    ),
)

_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


class SettingNotReadable(Fault):
    """`name` is the variable; what it holds isn't repeated, since some hold passwords."""

    def __init__(self, name: str, wanted: Text) -> None:
        self.name, self.wanted = name, wanted
        super().__init__(
            Text(
                zh=f"环境变量 {name} 应为{wanted.zh}，因此节点未启动。请改正，或取消设置以使用默认值。",
                en=f"The environment variable {name} isn't {wanted.en}, so the node doesn't start. "
                "Correct it, or unset it to use the default.",
            )
        )


def text(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """The variable as set, or its default. A name that isn't in SETTINGS is a KeyError: list it there first."""
    default = _DEFAULTS[name]
    return environ.get(name, "").strip() or default


def words(name: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    return [word.strip() for word in text(name, environ).split(",") if word.strip()]


def yes(name: str, environ: Mapping[str, str] = os.environ) -> bool:
    answer = text(name, environ).lower()
    if answer not in ("yes", "no"):
        raise SettingNotReadable(name, Text(zh=" yes 或 no", en="yes or no"))
    return answer == "yes"


def number(name: str, environ: Mapping[str, str] = os.environ) -> int:
    written = text(name, environ)
    if not (written.isascii() and written.isdigit() and int(written) > 0):
        raise SettingNotReadable(name, Text(zh="大于 0 的整数", en="a whole number above 0"))
    return int(written)


def home(environ: Mapping[str, str] = os.environ) -> Path:
    return Path(text("DATONG_HOME", environ)).expanduser().resolve()
