"""Events on their way to the ledger, written in the same transaction as what they tell of."""

from django.db import models


class Outbox(models.Model):
    """`event` is JSON text and holds no person. `persons` is a JSON list of identity numbers until the ledger has its
    commitment to them, and "" from then on. `log_index` is the ledger entry, null while the event waits."""

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    event = models.TextField()
    persons = models.TextField(blank=True)
    log_index = models.BigIntegerField(null=True)

    class Meta:
        db_table = "outbox"
        indexes = (
            models.Index(fields=("id",), condition=models.Q(log_index__isnull=True), name="outbox_waiting"),
        )
