"""Requests, agreements, and every version an agreement ever had."""

from django.db import models

from datong.records.models.document import Document


class RequestRow(Document):
    id = models.TextField(primary_key=True)
    state = models.TextField(db_index=True)
    provider = models.TextField(db_index=True)
    consumer = models.TextField(db_index=True)
    submitted_at = models.DateTimeField()

    class Meta:
        db_table = "sharing_request"


class AgreementRow(Document):
    """An agreement as it stands now."""

    id = models.TextField(primary_key=True)
    provider = models.TextField(db_index=True)
    consumer = models.TextField(db_index=True)

    class Meta:
        db_table = "sharing_agreement"


class AgreementPast(Document):
    """An agreement as it stood after one change. Rows are added, never changed or deleted: what was in force on a day
    must be shown for three years (Art. 29)."""

    place = models.BigAutoField(primary_key=True)
    agreement = models.TextField()
    version = models.PositiveIntegerField()

    class Meta:
        db_table = "sharing_agreement_past"
        constraints = (
            models.UniqueConstraint(fields=("agreement", "revision"), name="sharing_agreement_past_once"),
        )
