"""How a query stands in the ledger: what was asked without the values it was asked with, on what ground, of what data.

A literal in a query is often a person's number, and so may be a name somebody gives a column. Neither is entered. The text
itself is entered as a digest under a key of the node's: whoever holds the text can prove it with the node's help, and nobody
can find a number by trying them all.
"""

import hmac
from collections.abc import Iterable, Mapping
from hashlib import sha256

from sqlglot import exp

from datong.gateway import grammar
from datong.gateway.decision import Allowed, TableDecision
from datong.gateway.ports import PseudonymKeys
from datong.gateway.prepare import Prepared
from datong.gateway.request import QueryRequest
from datong.gateway.typed import is_code
from datong.terms.event import Json
from datong.terms.refusal import Refusal

TEXT_KEY = "gateway:query-text"


def asked(request: QueryRequest, keys: PseudonymKeys) -> dict[str, Json]:
    digest = hmac.new(bytes.fromhex(keys.key(TEXT_KEY)), request.sql.encode("utf-8", "replace"), sha256)
    return {
        "department": request.actor.department,
        "purpose": code(request.purpose),
        "agreement": code(request.agreement or ""),
        "text": digest.hexdigest(),
    }


def granted(prepared: Prepared) -> dict[str, Json]:
    """Resources with what was read of them. A field that isn't read isn't listed."""
    used: dict[str, set[str]] = {}
    for extract in prepared.rewritten.extracts:
        used.setdefault(str(extract.table.resource), set()).update(extract.columns)
    return {
        "statement": without_values(prepared.resolved.tree, prepared.allowed),
        "tables": [table_facts(t, used.get(str(t.resource), set())) for t in prepared.allowed.tables],
    }


def table_facts(table: TableDecision, used: Iterable[str]) -> Mapping[str, Json]:
    names = set(used)
    return {
        "resource": str(table.resource),
        "agreement": table.agreement,
        "version": table.version,
        "modality": str(table.modality),
        "snapshot": table.snapshot.id,
        "delivery": table.snapshot.delivery,
        "fields": {f.name: str(f.treatment) for f in table.fields if f.name in names},
        "conditions": len(table.scope.conditions),
    }


def codes(refusals: Iterable[Refusal]) -> list[str]:
    return sorted({refusal.code for refusal in refusals})


def code(text: str) -> str:
    """`text` if it reads like a code. A person may type anything into the field, a number of somebody's too."""
    return text if is_code(text) else "" if not text else "?"


def without_values(tree: exp.Query, allowed: Allowed) -> str:
    """The statement with '?' for texts, 0 for numbers, and n1, n2 … for names that aren't the catalogue's."""
    copy = tree.copy()
    known = {name.lower() for t in allowed.tables for name in (t.resource.department, t.resource.table)}
    known |= {f.name.lower() for t in allowed.tables for f in t.fields}
    renamed: dict[str, str] = {}
    for node in list(copy.walk()):
        if isinstance(node, exp.Literal):
            node.replace(exp.Literal.string("?") if node.is_string else exp.Literal.number(0))
        elif isinstance(node, exp.JSONPath):
            node.replace(exp.Literal.string("?"))
        elif isinstance(node, exp.Var) and node.name.upper() not in grammar.BARE_WORDS:
            node.replace(exp.var("n"))
        elif isinstance(node, exp.Identifier) and node.name.lower() not in known:
            node.set("this", renamed.setdefault(node.name.lower(), f"n{len(renamed) + 1}"))
    return copy.sql("duckdb", comments=False)
