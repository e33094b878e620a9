"""Numbers that only rise: how often something changed, and the next number of a series."""

from django.db import models


class Counter(models.Model):
    name = models.TextField(primary_key=True)
    value = models.BigIntegerField()

    class Meta:
        db_table = "counter"
