"""One entry of the ledger, with the proof that it stands there: for the auditor, the authority, and whoever made it."""

import json
from base64 import b64encode
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from datong.ledger.checkpoint import Checkpoint
from datong.ledger.entry import Entry
from datong.ledger.note import Note
from datong.ledger.proof import includes
from datong.ledger.tree import leaf_hash
from datong.web.doors import OVERSEERS, NothingHere, open_to
from datong.web.node import node, signed_in


@dataclass(frozen=True)
class Proven:
    """An entry's own bytes and the path from them to the root that the checkpoint signed."""

    entry: Entry
    raw: bytes
    leaf: bytes
    path: list[bytes]
    size: int
    checkpoint: str
    holds: bool


@open_to()
@require_safe
def entry(request: HttpRequest, index: int) -> HttpResponse:
    proven = _proven(request, index)
    told = {
        "index": index,
        "entry": proven.entry,
        "facts": json.dumps(dict(proven.entry.facts), ensure_ascii=False, indent=1),
        "leaf": proven.leaf.hex(),
        "path": [step.hex() for step in proven.path],
        "size": proven.size,
        "checkpoint": proven.checkpoint,
        "holds": proven.holds,
    }
    return render(request, "bureau/entry.html", told)


@open_to()
@require_safe
def proof(request: HttpRequest, index: int) -> HttpResponse:
    proven = _proven(request, index)
    fields = {
        "form": "datong-inclusion/1",
        "index": index,
        "entry": proven.raw.decode(),
        "path": [b64encode(step).decode() for step in proven.path],
        "checkpoint": proven.checkpoint,
    }
    return HttpResponse(
        json.dumps(fields, ensure_ascii=False, indent=1),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="entry-{index}-proof.json"'},
    )


def _proven(request: HttpRequest, index: int) -> Proven:
    log, person = node().log, signed_in(request)
    # Compared first: a number too long for the storage is no entry either.
    there = index < log.size()
    row = log.storage.row(index) if there else None
    note = log.storage.checkpoint(at_least=index + 1) if there else None
    if row is None or note is None:
        raise NothingHere
    found = log.entry(index)
    # An officer may see what they did themselves; what others did is for those who oversee them.
    if not person.roles & OVERSEERS and found.by != person.login:
        raise NothingHere
    signed = Checkpoint.parse(Note.parse(note).text)
    path, leaf = log.inclusion(index, signed.size), leaf_hash(row.entry)
    holds = includes(leaf=leaf, index=index, size=signed.size, path=path, root=signed.root)
    return Proven(found, row.entry, leaf, path, signed.size, note, holds)
