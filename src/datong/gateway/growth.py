"""How large a query becomes once every alias, star and place is written out, told without writing it out.

`a + a AS b, b + b AS c …` doubles with each name: three hundred characters grew to gigabytes in the node's own process, where
no alarm of the query's reaches. So the size is summed from the inside outwards, in one walk. Where a name could be an alias
or a column it is counted as the alias: too much rather than too little.
"""

from collections.abc import Iterator, Mapping

from sqlglot import exp

from datong.terms.names import ResourceName

_COLUMN = 5  # nodes of one written-out column: its alias, itself, its table, its names


def expanded_size(tree: exp.Query, columns: Mapping[ResourceName, tuple[str, ...]]) -> int:
    """Nodes of `tree` after the resolver has written it out, at most."""
    growth = _Growth(tree, {resource: len(names) for resource, names in columns.items()})
    for select in reversed(list(tree.find_all(exp.Select))):  # breadth first, so the innermost are last
        growth.sizes[id(select)] = growth.select(select)
    return growth.part(tree, {}, {})


class _Growth:
    def __init__(self, tree: exp.Query, widths: Mapping[ResourceName, int]) -> None:
        self.sizes: dict[int, int] = {}
        self._widths = widths
        self._outputs: dict[int, int] = {}
        self._ctes: dict[str, list[exp.CTE]] = {}
        for cte in tree.find_all(exp.CTE):
            self._ctes.setdefault(cte.alias.lower(), []).append(cte)
            self._output(cte.this)  # in the order written, so that a long chain of CTEs isn't a deep one here

    def select(self, select: exp.Select) -> int:
        """A projection may use the aliases before it, and every other part may use them all."""
        joined = _joined_by(select)
        aliases: dict[str, int] = {}
        places: list[int] = []
        for projection in select.expressions:
            size = self.part(projection, aliases, joined)
            if star := projection.find(exp.Star) if projection.is_star else None:
                size += self._sources(select) * _COLUMN
                for replaced in star.args.get("replace") or []:
                    aliases[replaced.alias.lower()] = self.part(replaced, aliases, joined)
            elif isinstance(projection, exp.Alias):
                aliases[projection.alias.lower()] = size
            places.append(size)
        total = 1 + sum(places)
        for name, part in select.args.items():
            for one in part if isinstance(part, list) else [part]:
                if isinstance(one, exp.Expr) and name != "expressions":
                    total += self.part(one, aliases, joined)
                    if name in ("group", "order", "distinct"):
                        total += _places(one) * max(places, default=0)
        return total + sum(_COLUMN * count * count for count in joined.values())

    def part(self, part: exp.Expr, aliases: Mapping[str, int], joined: Mapping[str, int]) -> int:
        total, stack = 0, [part]
        while stack:
            node = stack.pop()
            if id(node) in self.sizes:
                total += self.sizes[id(node)]
                continue
            total += 1
            if isinstance(node, exp.Column) and not node.table:
                name = node.name.lower()
                total += aliases.get(name, 0) + joined.get(name, 0) * _COLUMN
            stack.extend(node.iter_expressions())
        return total

    def _sources(self, select: exp.Select) -> int:
        """Columns that `*` stands for."""
        from_ = select.args.get("from_")
        joins = select.args.get("joins") or []
        laterals = select.args.get("laterals") or []
        sources = [part.this for part in (from_, *joins) if part is not None]
        return sum(self._source(source) for source in (*sources, *laterals))

    def _source(self, source: exp.Expr) -> int:
        width = sum(self._source(join.this) for join in source.args.get("joins") or [])
        if isinstance(source, exp.Table) and source.args.get("db") is not None:
            return width + self._widths.get(ResourceName(source.db.lower(), source.name.lower()), 1)
        if isinstance(source, exp.Table) and (ctes := self._ctes.get(source.name.lower())):
            return width + max(self._output(cte.this) for cte in ctes)
        if isinstance(source, exp.Subquery | exp.Lateral) and isinstance(source.this, exp.Expr):
            inner = source.this
            return width + (self._output(inner) if isinstance(inner, exp.Query) else self._source(inner))
        return width + 1 + len(source.expressions)

    def _output(self, query: exp.Expr) -> int:
        """Columns a query returns; one that is asked for again while it is counted refers to itself."""
        if id(query) not in self._outputs:
            self._outputs[id(query)] = 1
            arms = list(_arms(query))
            self._outputs[id(query)] = max((self._selected(arm) for arm in arms), default=1)
        return self._outputs[id(query)]

    def _selected(self, select: exp.Select) -> int:
        stars = sum(bool(projection.is_star) for projection in select.expressions)
        return len(select.expressions) - stars + (stars * self._sources(select) if stars else 0)


def _arms(query: exp.Expr) -> Iterator[exp.Select]:
    stack = [query]
    while stack:
        node = stack.pop()
        if isinstance(node, exp.Select):
            yield node
        elif isinstance(node, exp.SetOperation):
            stack.extend((node.this, node.expression))
        elif isinstance(node, exp.Subquery):
            stack.append(node.this)


def _joined_by(select: exp.Select) -> dict[str, int]:
    """Name → how many joins have it in USING: it becomes a COALESCE over all of them, wherever it is written."""
    counts: dict[str, int] = {}
    for join in select.args.get("joins") or []:
        for name in join.args.get("using") or []:
            counts[name.name.lower()] = counts.get(name.name.lower(), 0) + 1
    return counts


def _places(part: exp.Expr) -> int:
    """`GROUP BY 1, 2`: a place stands for the whole projection."""
    return sum(isinstance(node, exp.Literal) and not node.is_string for node in part.walk())
