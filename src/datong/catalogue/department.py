"""A department (部门) that provides or uses data. Its statutory code is the unified social credit code (GB 32100)."""

from dataclasses import dataclass

from datong.terms.text import Text


@dataclass(frozen=True)
class Department:
    """`code` is the short name written in SQL (`police`); `credit_code` the 18-character statutory one, "" where there is none.

    `sharing_head` is the login of the head of the sharing office (共享工作机构), who signs for the department (Art. 11).
    `authority` marks the sharing authority (共享主管部门), which reviews the others.
    """

    code: str
    title: Text
    credit_code: str = ""
    parent: str = ""
    sharing_head: str = ""
    authority: bool = False
    revision: int = 0
