"""The grade of each landed column."""

from django.db import models

from datong.records.models.document import Document


class ColumnGradeRow(Document):
    """`place` keeps a table's columns in the order they were first graded in."""

    place = models.BigAutoField(primary_key=True)
    resource = models.TextField()
    column = models.TextField()

    class Meta:
        db_table = "grading_column"
        constraints = (models.UniqueConstraint(fields=("resource", "column"), name="grading_column_once"),)
