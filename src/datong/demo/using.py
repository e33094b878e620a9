"""What the county's offices then do with the data, and what they try and may not: every line of it ends in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from datong.demo.dealing import RESIDENT
from datong.demo.settling import acting
from datong.gateway.answer import Answer, RefusedAnswer
from datong.gateway.request import QueryRequest
from datong.gateway.run import run
from datong.gateway.verify import Verified, VerifyRequest, verify

if TYPE_CHECKING:
    from datong.wiring import Node


@dataclass(frozen=True)
class Question:
    """A query somebody runs. `answered` says how it ends; a story in which it ends otherwise is wrong."""

    login: str
    purpose: str
    sql: str
    answered: bool = True


# Civil affairs holds its own list against the register: who is paid and has died?
PAID_AND_DEAD = Question(
    "civil_data",
    "social-assistance",
    """SELECT p.救助类别, p."月补助金额(元)", r.name, r.household_status, r.updated_on
FROM civil.allowances AS p
JOIN police.resident AS r ON r.id_number = p.身份证号
WHERE r.household_status = '死亡注销'
ORDER BY r.updated_on""",
)
KITCHENS = Question(
    "health_data",
    "food-inspection",
    """SELECT result, count(*) AS kitchens, max(last_inspected) AS latest
FROM market.food_permit
GROUP BY result
ORDER BY kitchens DESC""",
)
BY_STATUS = Question(
    "bureau_data",
    "statistics",
    "SELECT sex, count(*) AS residents FROM police.resident GROUP BY sex ORDER BY sex",
)
# Three that are refused: another purpose, a field nobody granted, an office that may verify and not read.
ANOTHER_PURPOSE = Question("civil_data", "statistics", "SELECT name FROM police.resident", answered=False)
A_FIELD_TOO_MANY = Question(
    "civil_data", "social-assistance", "SELECT name, mobile FROM police.resident", answered=False
)
READING_WHAT_IS_FOR_VERIFYING = Question(
    "education_data", "school-admission", "SELECT household_no FROM police.resident", answered=False
)
QUESTIONS = (
    PAID_AND_DEAD,
    KITCHENS,
    BY_STATUS,
    ANOTHER_PURPOSE,
    A_FIELD_TOO_MANY,
    READING_WHAT_IS_FOR_VERIFYING,
)


def ask(node: "Node", question: Question, *, at: datetime) -> Answer | RefusedAnswer:
    return run(
        QueryRequest(acting(node, question.login), question.purpose, question.sql, at),
        shelf=node.shelf,
        engine=node.engine,
        recorder=node.recorder,
        keys=node.keys,
        limits=node.limits,
        kept=node.kept,
    )


def check_name(node: "Node", *, number: str, name: str, at: datetime) -> Verified | RefusedAnswer:
    """A parent gives a child's number and name at the school's desk; the register says yes or no."""
    return verify(
        VerifyRequest(
            acting(node, "education_data"), "school-admission", RESIDENT, number, {"name": name}, at
        ),
        shelf=node.shelf,
        engine=node.engine,
        recorder=node.recorder,
        limits=node.limits,
        kept=node.kept,
    )
