"""Departments, standard data elements and catalogued resources."""

from django.db import models

from datong.records.models.document import Document


class DepartmentRow(Document):
    code = models.TextField(primary_key=True)

    class Meta:
        db_table = "catalogue_department"


class ElementRow(Document):
    code = models.TextField(primary_key=True)

    class Meta:
        db_table = "catalogue_element"


class ResourceRow(Document):
    """`words` is what a search looks in: names, titles, abstract and columns, folded to one width and case."""

    name = models.TextField(primary_key=True)
    provider = models.TextField(db_index=True)
    state = models.TextField(db_index=True)
    words = models.TextField()

    class Meta:
        db_table = "catalogue_resource"
