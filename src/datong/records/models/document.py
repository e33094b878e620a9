"""What every kept noun has: its revision, and itself as one JSON document beside the columns that are queried."""

from django.db import models


class Document(models.Model):
    """`document` is text, not the database's JSON type: PostgreSQL's rewrites numbers and refuses a NUL, and a signed
    agreement must come back as the very value that was signed."""

    revision = models.PositiveIntegerField()
    document = models.TextField()

    class Meta:
        abstract = True
