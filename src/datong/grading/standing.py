"""Whether the rules have changed since a resource's columns were examined."""

from datong.grading.pack import GradingPack
from datong.grading.store import GradingStore
from datong.terms.names import ResourceName


def outdated(*, store: GradingStore, pack: GradingPack, resource: ResourceName) -> bool:
    """Whether any column was examined under another version of the pack: then `actions.propose` is due again."""
    return any(grade.proposal.pack != pack.version for grade in store.columns(resource))
