"""Every table of the control database, one file a capability."""

from datong.records.models.accounts import Account
from datong.records.models.catalogue import DepartmentRow, ElementRow, ResourceRow
from datong.records.models.counter import Counter
from datong.records.models.grading import ColumnGradeRow
from datong.records.models.intake import DeliveryRow, SourceRow
from datong.records.models.outbox import Outbox
from datong.records.models.sharing import AgreementPast, AgreementRow, RequestRow

__all__ = [
    "Account",
    "AgreementPast",
    "AgreementRow",
    "ColumnGradeRow",
    "Counter",
    "DeliveryRow",
    "DepartmentRow",
    "ElementRow",
    "Outbox",
    "RequestRow",
    "ResourceRow",
    "SourceRow",
]
