"""The column by which a record of a resource is found: a person's number, a firm's code."""

from datong.catalogue.field import Field
from datong.catalogue.resource import Resource
from datong.gateway.modality import KEY_ELEMENTS


def key_of(entry: Resource) -> Field | None:
    for element in KEY_ELEMENTS:
        for field in entry.fields:
            if field.element == element:
                return field
    return None
