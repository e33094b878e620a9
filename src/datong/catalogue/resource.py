"""A catalogued data resource (数据资源): the nine statutory fields of Art. 13, the national guide's core metadata, its columns."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from datong.catalogue.field import Field
from datong.terms.names import ResourceName
from datong.terms.text import Text


class SharingAttribute(StrEnum):
    """共享属性, Art. 14."""

    UNCONDITIONAL = "unconditional"  # 无条件共享
    CONDITIONAL = "conditional"  # 有条件共享
    NOT_SHARED = "not_shared"  # 不予共享


class SharingMethod(StrEnum):
    """共享方式, Art. 22."""

    SERVICE = "service"  # 服务接口
    EXCHANGE = "exchange"  # 批量交换
    DOWNLOAD = "download"  # 文件下载


class UpdateCycle(StrEnum):
    """更新周期."""

    REAL_TIME = "real_time"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    IRREGULAR = "irregular"


class Secrecy(StrEnum):
    """State and work secrets aren't government data in the regulation's sense (Art. 2): such a resource is refused."""

    NONE = "none"
    WORK_SECRET = "work_secret"  # 工作秘密
    STATE_SECRET = "state_secret"  # 国家秘密


class ResourceState(StrEnum):
    DRAFT = "draft"  # 草稿
    SUBMITTED = "submitted"  # 已提交
    PUBLISHED = "published"  # 已发布
    RETURNED = "returned"  # 已退回
    WITHDRAWN = "withdrawn"  # 已下架


@dataclass(frozen=True)
class Assessment:
    """The secrecy-risk and personal-information impact assessment and the head's approval that must come first (Art. 13)."""

    done_on: date
    summary: str
    approved_by: str


@dataclass(frozen=True)
class Resource:
    """A catalogue entry. What is missing for submission is said by `catalogue.rules.missing`, not by the constructor."""

    name: ResourceName
    title: Text
    provider: str
    fields: tuple[Field, ...] = ()
    abstract: Text = Text("", "")
    classification: str = ""  # 类/项/目/细目, e.g. "人口/户籍"
    format: str = "table"
    update_cycle: UpdateCycle | None = None
    sharing: SharingAttribute | None = None
    sharing_basis: str = ""  # the law behind a condition or a refusal to share (Art. 15)
    conditions: str = ""  # scope and use, for conditional sharing
    method: SharingMethod = SharingMethod.SERVICE
    open_to_public: bool = False
    secrecy: Secrecy = Secrecy.NONE
    assessment: Assessment | None = None
    related: tuple[ResourceName, ...] = ()
    state: ResourceState = ResourceState.DRAFT
    submitted_by: str = ""  # the login of whoever submitted it last: they don't review it
    returned_because: str = ""
    published_on: date | None = None
    revision: int = 0

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)
