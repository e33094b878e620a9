"""Sources and deliveries."""

from django.db import models

from datong.records.models.document import Document


class SourceRow(Document):
    name = models.TextField(primary_key=True)
    department = models.TextField(db_index=True)

    class Meta:
        db_table = "intake_source"


class DeliveryRow(Document):
    """`place` tells which came later of two that a clock can't tell apart."""

    place = models.BigAutoField(primary_key=True)
    id = models.TextField(unique=True)
    source = models.TextField()
    resource = models.TextField()
    state = models.TextField()
    snapshot = models.TextField(db_index=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "intake_delivery"
        indexes = (
            models.Index(fields=("resource", "started_at"), name="intake_delivery_of_resource"),
            models.Index(fields=("source", "started_at"), name="intake_delivery_of_source"),
        )
