"""How the names of things stand in an address."""

from datong.terms.names import NameNotUsable, ResourceName


class ResourceInPath:
    """`police.resident`. Anything that can't be a resource's name is no address of ours."""

    regex = r"[a-z][a-z0-9_]{0,47}\.[a-z][a-z0-9_]{0,47}"

    def to_python(self, value: str) -> ResourceName:
        try:
            return ResourceName.parse(value)
        except NameNotUsable as unusable:
            raise ValueError(value) from unusable

    def to_url(self, value: ResourceName | str) -> str:
        return str(value)
