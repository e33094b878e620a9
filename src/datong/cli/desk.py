"""Where a command stands: the home it works on, the person it acts as, the time it happens."""

import os
from argparse import Namespace
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from datong import environment
from datong.terms.actor import Actor
from datong.terms.fault import Fault
from datong.terms.text import Text

if TYPE_CHECKING:
    from datong.wiring import Node

ADMINISTRATOR = "admin"  # made by `datong init`; sets the node up and reads no data


class NobodyBySuchName(Fault):
    def __init__(self, login: str) -> None:
        self.login = login
        super().__init__(
            Text(
                zh=f"没有名为 {login} 的账号。请用 --as 指定一个已有账号（datong account list 可查看）。",
                en=f"There is no account {login}. Name one with --as; `datong account list` shows them.",
            )
        )


class NobodyNamed(Fault):
    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="此操作须由有权限的人办理。请用 --as 登录名 指明是谁（或设置 DATONG_AS）。",
                en="This is done by a person who may do it. Say who with --as LOGIN (or set DATONG_AS).",
            )
        )


class Desk:
    """One command's surroundings. The node opens on first use, so that `--help` costs nothing."""

    def __init__(self, args: Namespace) -> None:
        self.home = Path(args.home).resolve()
        self.login: str | None = args.as_ or os.environ.get("DATONG_AS")
        self.json: bool = args.json
        # In the node's own zone: an agreement's period is counted in its days.
        self.at = datetime.now(ZoneInfo(environment.text("DATONG_TIME_ZONE")))

    @cached_property
    def node(self) -> "Node":
        # Django, DuckDB and Iceberg take a second to import: not before they are needed.
        opened: Node = import_module("datong.wiring").Node.open(self.home)
        return opened

    def actor(self, default: str | None = None) -> Actor:
        """Who this command acts as; `default` serves where setting up needs no particular person."""
        login = self.login or default
        if login is None:
            raise NobodyNamed()
        actor = self.node.accounts.actor(login)
        if actor is None:
            raise NobodyBySuchName(login)
        return actor
