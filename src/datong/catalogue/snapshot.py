"""A landed table as it stands after one delivery: a list of Parquet files that every engine reads (快照)."""

from dataclasses import dataclass

from datong.terms.names import ResourceName


@dataclass(frozen=True)
class Snapshot:
    """`id` is the lake's; `files` are absolute paths of Parquet files; `columns` are (name, type) in the table's order."""

    resource: ResourceName
    id: str
    files: tuple[str, ...]
    rows: int
    columns: tuple[tuple[str, str], ...]  # type is a catalogue.field.FieldType value
    delivery: str
