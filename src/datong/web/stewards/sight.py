"""Who sees what of the catalogue. Pure: an entry and a person in, yes or no out."""

from datong.catalogue.resource import Resource, ResourceState
from datong.terms.actor import Actor, Role
from datong.web.doors import OVERSEERS

KEEPERS = frozenset({Role.DATA_OFFICER, Role.SHARING_HEAD})


def sees(person: Actor, entry: Resource) -> bool:
    """Published entries are announced to all (Art. 16); what isn't published is its department's and its overseers'."""
    if entry.state is ResourceState.PUBLISHED:
        return True
    return person.department == entry.provider or bool(person.roles & OVERSEERS)


def keeps(person: Actor, entry: Resource) -> bool:
    """Fills in, grades and submits."""
    return person.department == entry.provider and bool(person.roles & KEEPERS)


def inspects(person: Actor, department: str) -> bool:
    """Sees evidence, profile and deliveries: counts and shares, but they speak of the columns' content."""
    if person.roles & OVERSEERS:
        return True
    return person.department == department and bool(person.roles & KEEPERS)
