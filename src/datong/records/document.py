"""A noun in the database: the columns that are queried, and the whole of it as one JSON document.

The document alone is read back, so a store returns the very value it was given; the columns only find it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from pydantic import TypeAdapter

from datong.records.models.document import Document
from datong.terms.stale_write import StaleWrite


class Revised(Protocol):
    """Any noun that counts its revisions: 0 until it is first saved."""

    @property
    def revision(self) -> int: ...


Noun = TypeVar("Noun", bound=Revised)
Columns = Mapping[str, Any]


@dataclass(frozen=True)
class Kept(Generic[Noun]):
    """How one kind of noun is kept.

    `key` gives the columns that say which one it is, `columns` the others that queries use; `subject` names it in errors.
    """

    model: type[Document]
    adapter: TypeAdapter[Noun]
    subject: Callable[[Noun], str]
    key: Callable[[Noun], Columns]
    columns: Callable[[Noun], Columns] = lambda noun: {}

    def one(self, **key: Any) -> Noun | None:
        found = self.all(self.rows().filter(**key)[:1])
        return found[0] if found else None

    def all(self, rows: "QuerySet[Document]") -> tuple[Noun, ...]:
        return tuple(self.adapter.validate_json(text) for text in rows.values_list("document", flat=True))

    def rows(self) -> "QuerySet[Document]":
        return self.model._default_manager.all()

    def write(self, noun: Noun) -> Noun:
        """The noun with its new revision, as it is kept now. Raises StaleWrite when `noun` wasn't the newest."""
        saved = replace(noun, revision=noun.revision + 1)  # type: ignore[type-var]
        values = {"revision": saved.revision, "document": self.adapter.dump_json(saved).decode()}
        if noun.revision == 0:
            self._add(noun, values)
        else:
            self._change(noun, values)
        return saved

    def _add(self, noun: Noun, values: dict[str, Any]) -> None:
        try:
            # A block of its own: PostgreSQL would otherwise refuse everything after the failure.
            with transaction.atomic():
                self.model._default_manager.create(**self.key(noun), **self.columns(noun), **values)
        except IntegrityError:
            # `from None`: the driver's text quotes the row.
            raise StaleWrite(self.subject(noun), noun.revision) from None

    def _change(self, noun: Noun, values: dict[str, Any]) -> None:
        newest = self.rows().filter(**self.key(noun), revision=noun.revision)
        if not newest.update(**self.columns(noun), **values):
            raise StaleWrite(self.subject(noun), noun.revision)
