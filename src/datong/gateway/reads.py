"""What a query is and which resources it names: parsed once, every construct checked against the lists in grammar.py.

A parser is not a guard: `SHUTDOWN NOW` parses as a column with an alias, `CALL` as an opaque command, a quoted path as a
table. So nothing is looked for that is forbidden; everything is refused that isn't listed.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError, TokenError
from sqlglot.tokenizer_core import TokenType

from datong.gateway import grammar
from datong.gateway.amounts import too_much
from datong.gateway.forms import settle
from datong.gateway.refusals import refuse
from datong.gateway.typed import said
from datong.terms.names import NameNotUsable, ResourceName
from datong.terms.refusal import Refusal
from datong.terms.text import Text

# sqlglot logs the text of statements it can't parse; a statement may hold a person's number.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)

_OURS = "datong "  # what the rewriting calls its own columns and tables
_OPENING = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE, TokenType.CASE})
_CLOSING = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE, TokenType.END})


@dataclass(frozen=True)
class Parsed:
    """A query made of listed constructs only. `tree` belongs to this value: rewriters copy it first."""

    tree: exp.Query
    resources: tuple[ResourceName, ...]


def read(sql: str, *, dialect: str) -> Parsed | Refusal:
    """The query as a tree over named resources, or why it isn't served."""
    if dialect not in grammar.DIALECTS:
        return refuse("gateway.dialect_unknown", dialect=said(dialect), known=", ".join(grammar.DIALECTS))
    sql = sql.removeprefix("\ufeff")  # which editors on Windows put before a text
    if refusal := _too_big(sql, dialect):
        return refusal
    try:
        statements = [s for s in sqlglot.parse(sql, dialect=dialect) if s is not None]
    except RecursionError:
        return refuse("gateway.query_too_deep", limit=grammar.MAX_DEPTH)
    except (SqlglotError, ValueError) as error:
        return _unreadable(error)
    if len(statements) != 1:
        return refuse("gateway.query_not_single", count=len(statements))
    tree = statements[0]
    while isinstance(tree, exp.Subquery) and not tree.args.get("alias"):
        tree = tree.this
    if not isinstance(tree, exp.Select | exp.SetOperation):
        return refuse("gateway.query_not_select", what=type(tree).__name__.upper())
    if _depth(tree) > grammar.MAX_DEPTH:
        return refuse("gateway.query_too_deep", limit=grammar.MAX_DEPTH)
    settle(tree)
    return _checked(tree)


def _too_big(sql: str, dialect: str) -> Refusal | None:
    """Counted on tokens, before a recursive parser sees them: a bracket inside a literal or a comment counts for nothing."""
    if len(sql) > grammar.MAX_CHARACTERS:
        return refuse(
            "gateway.query_too_long", limit=grammar.MAX_CHARACTERS, unit="字符", unit_en="characters"
        )
    try:
        tokens = sqlglot.tokenize(sql, dialect=dialect)
    except (TokenError, ValueError) as error:
        return _unreadable(error)
    if len(tokens) > grammar.MAX_TOKENS:
        return refuse("gateway.query_too_long", limit=grammar.MAX_TOKENS, unit="词", unit_en="tokens")
    depth = deepest = 0
    for token in tokens:
        if token.token_type is TokenType.PIPE_GT:
            # The parser wraps all before it in another query at each stage: its time grows with the square.
            return _not_allowed("|>")
        if token.token_type in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif token.token_type in _CLOSING:
            depth -= 1
    if deepest > grammar.MAX_BRACKETS:
        return refuse("gateway.query_too_deep", limit=grammar.MAX_BRACKETS)
    return None


def _unreadable(error: Exception) -> Refusal:
    """Only the place: the parser's own message quotes the query."""
    found = error.errors[0] if isinstance(error, ParseError) and error.errors else {}
    return refuse("gateway.query_not_readable", line=found.get("line", 1), column=found.get("col", 1))


def _depth(tree: exp.Expr) -> int:
    deepest, stack = 0, [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        stack.extend((child, depth + 1) for child in node.iter_expressions())
    return deepest


def _checked(tree: exp.Query) -> Parsed | Refusal:
    resources: list[ResourceName] = []
    for node in tree.walk():
        if refusal := _construct(node):
            return refusal
        if isinstance(node, exp.Table) and not isinstance(node.this, exp.Func):
            named = _resource(node)
            if isinstance(named, Refusal):
                return named
            if named and named not in resources:
                resources.append(named)
    return Parsed(tree=tree, resources=tuple(resources))


def _construct(node: exp.Expr) -> Refusal | None:
    kind = type(node)
    if isinstance(node, exp.Anonymous):
        return _detail(node) if _listed_name(node) else _unlisted(node)
    if isinstance(node, exp.Func) and kind not in grammar.FUNCTIONS:
        return _unlisted(node)
    if kind in grammar.SHAPES:
        unknown = [k for k, v in node.args.items() if v and k not in grammar.SHAPES[kind]]
        if unknown:
            first = node.args[unknown[0]]
            part = first[0] if isinstance(first, list) else first
            return _not_allowed(type(part).__name__ if isinstance(part, exp.Expr) else unknown[0].strip("_"))
    elif kind not in grammar.PLAIN and kind not in grammar.FUNCTIONS:
        return _not_allowed(kind.__name__)
    return _detail(node)


def _detail(node: exp.Expr) -> Refusal | None:
    """Constructs that are fine in one form and a door in another."""
    if refusal := too_much(node):
        return refusal
    match node:
        case exp.Join():
            if str(node.args.get("method") or "").upper() not in grammar.JOIN_METHODS:
                return _not_allowed(f"{str(node.args['method']).upper()} JOIN")
            if str(node.args.get("kind") or "").upper() not in grammar.JOIN_KINDS:
                return _not_allowed(f"{str(node.args['kind']).upper()} JOIN")
        case exp.DataType():
            if node.this not in grammar.TYPES:
                return _not_allowed(f"type {said(str(getattr(node.this, 'value', node.this))).en}")
        case exp.Table():
            if isinstance(node.this, exp.Func) and type(node.this) not in grammar.TABLE_FUNCTIONS:
                return refuse("gateway.table_not_plain", name=_function(node.this))
        case exp.Var():
            # The one kind of node whose text is written into SQL as it stands.
            if node.name.upper() not in grammar.BARE_WORDS:
                return _not_allowed("a bare word")
        case exp.UnixToTime() if not node.args.get("scale"):
            return _not_allowed("to_timestamp")  # with a zone, of which extracts have none
        case exp.Identifier():
            if node.name.lower().startswith(_OURS):
                return _not_allowed("a name of the node's own")
        case exp.Dot():
            # Only a field of a struct: `s.f(x)` is a function in a schema.
            if not isinstance(node.expression, exp.Identifier):
                return _not_allowed("a function with a schema")
        case exp.Star():
            if not isinstance(node.parent, exp.Select | exp.Count | exp.Column):
                return _not_allowed("* inside an expression")
        case exp.Column():
            if isinstance(node.this, exp.Star) and not isinstance(node.parent, exp.Select | exp.Count):
                return _not_allowed("* inside an expression")
        case exp.Limit() | exp.Offset():
            if not isinstance(node.expression, exp.Literal):
                return _not_allowed(f"{type(node).__name__.upper()} that isn't a plain number")
    return None


def _resource(node: exp.Table) -> ResourceName | Refusal | None:
    """The resource a table reference names; None for a name without a department, which only a CTE can bear."""
    if not isinstance(node.this, exp.Identifier):
        return refuse("gateway.table_not_plain", name=said(node.name, quoted=True))
    if node.args.get("db") is None:
        return None if _is_cte(node) else refuse("gateway.table_not_plain", name=_table(node))
    alias = node.args.get("alias")
    if alias is not None and alias.args.get("columns"):
        return _not_allowed("renamed table columns")
    try:
        return ResourceName.parse(f"{folded(node.db)}.{folded(node.name)}")
    except NameNotUsable:
        return refuse("gateway.table_not_plain", name=_table(node))


def folded(name: str) -> str:
    """Lower case in ASCII alone, as the engines fold it: a Kelvin sign is not a k."""
    return "".join(c.lower() if c.isascii() else c for c in name)


def _is_cte(node: exp.Table) -> bool:
    """Whether a WITH somewhere above names it. Which one, and whether it may see it, the resolver decides later."""
    name = folded(node.name)
    return any(folded(cte.alias) == name for with_ in _withs_above(node) for cte in with_.expressions)


def _withs_above(node: exp.Expr) -> Iterator[exp.With]:
    above = node.parent
    while above is not None:
        if isinstance(above, exp.With):
            yield above
        elif isinstance(with_ := above.args.get("with_"), exp.With):
            yield with_
        above = above.parent


def _listed_name(node: exp.Anonymous) -> bool:
    return isinstance(node.this, str) and node.this.lower() in grammar.NAMED_FUNCTIONS


def _unlisted(node: exp.Func) -> Refusal:
    return refuse("gateway.function_not_allowed", name=_function(node))


def _table(node: exp.Table) -> Text:
    parts = [part for part in (node.args.get("db"), node.this) if part is not None]
    name = ".".join(part.name for part in parts)
    return said(name, quoted=any(part.args.get("quoted") for part in parts), where=node.this)


def _function(node: exp.Func) -> Text:
    """Its name alone: the arguments may hold anything."""
    if not isinstance(node, exp.Anonymous):
        return said(node.sql_name().lower())
    return said(str(node.this), quoted=not isinstance(node.this, str), where=node)


def _not_allowed(what: str) -> Refusal:
    zh, en = grammar.INSTEAD.get(what, grammar.INSTEAD_OF_ANYTHING)
    return refuse("gateway.construct_not_allowed", what=what, instead_zh=zh, instead=en)
