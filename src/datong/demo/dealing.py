"""Offices ask for data and get it, or don't: the county's requests, each with its answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from datong.demo.settling import acting
from datong.sharing import actions as sharing
from datong.sharing.agreement import Agreement
from datong.sharing.request import Item, RequestedField, ShareRequest
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.refusal import Incomplete

if TYPE_CHECKING:
    from datong.wiring import Node

RESIDENT = ResourceName("police", "resident")
PERMIT = ResourceName("market", "food_permit")


@dataclass(frozen=True)
class Wish:
    """A request as an office writes it. `shown` are the approver's own choices, `weaker_because` the reason for those that
    show more than the default; `refused_because` is set where the provider says no."""

    consumer: str
    purpose: str
    basis: str
    scenario: str
    items: tuple[Item, ...]
    modality: Modality = Modality.ROWS
    shown: tuple[tuple[ResourceName, str, Treatment], ...] = ()
    weaker_because: str = ""
    refused_because: str = ""
    waiting: bool = False


def fields(*names: str) -> tuple[RequestedField, ...]:
    return tuple(map(RequestedField, names))


# Who still draws an allowance though the register says they died: the county's oldest leak, and its first use of Datong.
ALLOWANCES = Wish(
    consumer="civil",
    purpose="social-assistance",
    basis="《社会救助暂行办法》第五十八条",
    scenario="核对在发救助对象的户籍状态，停发已死亡人员的救助金，追回错发资金。",
    items=(
        Item(
            RESIDENT, fields("id_number", "name", "household_no", "address", "household_status", "updated_on")
        ),
    ),
    shown=((RESIDENT, "id_number", Treatment.CLEAR),),
    weaker_because="与民政部门发放表按公民身份号码比对，须以明文关联；比对结果仅用于停发和追回。",
)
INSPECTIONS = Wish(
    consumer="health",
    purpose="food-inspection",
    basis="《中华人民共和国食品安全法》第一百一十条",
    scenario="对餐饮服务单位开展食源性疾病溯源，确定抽检名单。",
    items=(
        Item(
            PERMIT,
            fields(
                "permit_no",
                "firm_name",
                "legal_rep",
                "premises",
                "business_type",
                "state",
                "last_inspected",
                "result",
            ),
            RowScope((Condition("business_type", Comparison.EQUALS, ("餐饮服务经营者",)),)),
        ),
    ),
    shown=((PERMIT, "legal_rep", Treatment.MASKED),),
)
POPULATION = Wish(
    consumer="bureau",
    purpose="statistics",
    basis="《中华人民共和国统计法》",
    scenario="按年龄和户籍状态测算公共服务需求，只看汇总数，不看个人。",
    items=(Item(RESIDENT, fields("sex", "birth_date", "household_status")),),
    modality=Modality.AGGREGATE,
)
ADMISSION = Wish(
    consumer="education",
    purpose="school-admission",
    basis="《中华人民共和国义务教育法》第十二条",
    scenario="小学一年级新生户籍核验：家长自报，系统答是或否，学校不再收取户口簿复印件。",
    items=(Item(RESIDENT, fields("id_number", "name", "household_no", "birth_date")),),
    modality=Modality.VERIFY,
    shown=tuple(
        (RESIDENT, f, Treatment.VERIFY_ONLY) for f in ("id_number", "name", "household_no", "birth_date")
    ),
)
TELEPHONES = Wish(
    consumer="market",
    purpose="market-supervision",
    basis="《中华人民共和国市场主体登记管理条例》",
    scenario="向全县居民群发消费维权宣传短信。",
    items=(Item(RESIDENT, fields("name", "mobile")),),
    refused_because="宣传短信不属于市场主体监督管理，申请范围超出履职需要（《政务数据共享条例》第二十五条）。"
    "可请通信运营企业以公益短信方式发送，无须取得居民号码。",
)
PENSIONS = Wish(
    consumer="social",
    purpose="benefit-verification",
    basis="《中华人民共和国社会保险法》",
    scenario="核验养老待遇领取人是否健在，免除老人每年到场认证。",
    items=(Item(RESIDENT, fields("id_number", "household_status")),),
    waiting=True,
)

WISHES = (ALLOWANCES, INSPECTIONS, POPULATION, ADMISSION, TELEPHONES, PENSIONS)


def send(node: "Node", wish: Wish, *, at: datetime) -> ShareRequest:
    today = at.date()
    answer = sharing.request(
        store=node.sharing,
        catalogue=node.catalogue,
        purposes=node.pack.purposes,
        pack=node.pack.sharing,
        items=wish.items,
        purpose=wish.purpose,
        basis=wish.basis,
        scenario=wish.scenario,
        modality=wish.modality,
        period=Period(today, today + timedelta(days=365)),
        consented_by=f"{wish.consumer}_head",
        by=acting(node, f"{wish.consumer}_data"),
        at=at,
    )
    return _whole(answer)


def approve(node: "Node", request: ShareRequest, wish: Wish, *, at: datetime) -> Agreement:
    answer = sharing.approve(
        store=node.sharing,
        catalogue=node.catalogue,
        grading=node.grading,
        signer=node.signer,
        pack=node.pack.sharing,
        table_grade=node.table_grade,
        id=request.id,
        treatments={(resource, field): treatment for resource, field, treatment in wish.shown},
        weaker_because=wish.weaker_because,
        by=acting(node, f"{request.provider}_head"),
        at=at,
    )
    return _whole(answer)


def refuse(node: "Node", request: ShareRequest, wish: Wish, *, at: datetime) -> ShareRequest:
    return sharing.refuse(
        store=node.sharing,
        id=request.id,
        because=wish.refused_because,
        by=acting(node, f"{request.provider}_head"),
        at=at,
    )


Whole = TypeVar("Whole", ShareRequest, Agreement)


def _whole(answer: Whole | Incomplete) -> Whole:
    """The story's own requests lack nothing: if one does, the story is wrong and says what it lacks."""
    if isinstance(answer, Incomplete):
        raise LookupError("; ".join(f"{m.reason.en} ({m.next_step.en})" for m in answer.missing))
    return answer
