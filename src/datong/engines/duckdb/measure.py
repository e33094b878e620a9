"""Measures a snapshot's columns in DuckDB: every value against every detector. No value comes back, only counts; every
row is read, since a handful of numbers hidden among millions is what has to be found.

Three readings, each of fewer columns and dearer: how long the values are and what they are written in; then the patterns
and words that such values could pass at all; then check characters, where numbers of some checked shape were found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import duckdb
from sqlglot import exp

from datong.catalogue.field import FieldType
from datong.catalogue.snapshot import Snapshot
from datong.engines.duckdb.checks import CHECKS, subject
from datong.grading.measure import ColumnMeasure, ValueDetector
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.text import Text

DIALECT = "duckdb"
# Columns a query: some thousand counts at once are planned quickly, and columns are stored apart anyway.
AT_ONCE = 40
# What has characters to test. A date or a decimal is what its type says.
TESTED = frozenset({FieldType.TEXT, FieldType.INTEGER})

Named = tuple[str, exp.Expr]


class NotMeasured(Fault):
    """The engine couldn't read the snapshot to its end. Its own words aren't repeated: they may quote a value."""

    def __init__(self, resource: ResourceName, snapshot: str) -> None:
        self.resource, self.snapshot = resource, snapshot
        super().__init__(
            Text(
                zh=f"{resource} 的快照 {snapshot} 未能读完，无法检测敏感字段，未作任何更改。请检查数据湖文件与内存后重试。",
                en=f"Snapshot {snapshot} of {resource} couldn't be read to its end, so its columns weren't examined and "
                "nothing was changed. Check the lake's files and the memory, then try again.",
            )
        )


@dataclass(frozen=True)
class DuckDBMeasurer:
    threads: int = 2
    memory_mb: int = 512

    def measure(self, snapshot: Snapshot, detectors: tuple[ValueDetector, ...]) -> tuple[ColumnMeasure, ...]:
        """In the snapshot's order of columns. Raises NotMeasured."""
        columns = [_column(place, snapshot, detectors) for place in range(len(snapshot.columns))]
        if not snapshot.files:
            return tuple(ColumnMeasure(c.name, 0, 0, 0, 0, 0, {}) for c in columns)
        session = duckdb.connect(":memory:", config=self._settings())
        try:
            return tuple(
                measured
                for first in range(0, len(columns), AT_ONCE)
                for measured in _measured(session, snapshot, columns[first : first + AT_ONCE])
            )
        except duckdb.Error:
            raise NotMeasured(snapshot.resource, snapshot.id) from None
        finally:
            session.close()

    def _settings(self) -> dict[str, str | bool | int | float | list[str]]:
        return {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": f"{self.memory_mb}MB",
            "threads": str(self.threads),
            "temp_directory": "",
            "preserve_insertion_order": "false",
        }


@dataclass(frozen=True)
class _Column:
    """One column under the name the layers give it; `tests` are the detectors' distinct tests, without their checks."""

    place: int
    name: str
    type: FieldType
    detectors: tuple[ValueDetector, ...]
    tests: tuple[ValueDetector, ...]

    def part(self, of: str) -> str:
        return f"{of}{self.place}"

    def ref(self, of: str) -> exp.Expr:
        return exp.column(self.part(of), quoted=True)

    def hits(self, detector: ValueDetector) -> str:
        return f"{self.part('hits')}_{self.tests.index(_test(detector))}"

    def checked(self, detector: ValueDetector) -> str:
        return f"{self.part('checked')}_{self.detectors.index(detector)}"


def _column(place: int, snapshot: Snapshot, detectors: tuple[ValueDetector, ...]) -> _Column:
    name, type_ = snapshot.columns[place]
    put_to = detectors if FieldType(type_) in TESTED else ()
    return _Column(place, name, FieldType(type_), put_to, tuple(dict.fromkeys(map(_test, put_to))))


def _test(detector: ValueDetector) -> ValueDetector:
    """What tells a detector's test on a single value from others': a check and its own shape share it."""
    return replace(detector, id="", element="", check="")


def _measured(
    session: duckdb.DuckDBPyConnection, snapshot: Snapshot, columns: list[_Column]
) -> Iterator[ColumnMeasure]:
    counts = dict(_asked(session, sizes_query(snapshot, columns)))
    possible = [(c, t) for c in columns for t in c.tests if _could_pass(t, c, counts)]
    if possible:
        counts |= _asked(session, tests_query(snapshot, possible))
    wanted = [(c, d) for c in columns for d in c.detectors if d.check and counts.get(c.hits(d))]
    if wanted:
        counts |= _asked(session, checks_query(snapshot, wanted))
    for column in columns:
        filled = counts[column.part("filled")]
        yield ColumnMeasure(
            column.name,
            counts["rows"],
            filled,
            # The sketch may count some too many, and never can there be more than there are.
            min(counts[column.part("distinct")], filled),
            counts[column.part("shortest")],
            counts[column.part("longest")],
            {d.id: _passed(column, d, counts) / filled for d in column.detectors if filled},
        )


def _could_pass(test: ValueDetector, column: _Column, counts: Mapping[str, int]) -> bool:
    """Whether any value of the column can pass, by lengths and script alone."""
    filled, wide = counts[column.part("filled")], counts[column.part("wides")]
    shortest, longest = counts[column.part("shortest")], counts[column.part("longest")]
    lengths = [len(word) for word in test.words]
    fewest = max(test.shortest, min(lengths, default=0))
    most = min(test.longest or longest, max(lengths, default=longest))
    written = {"ascii": wide < filled, "wide": wide > 0}.get(test.script, True)
    return filled > 0 and fewest <= longest and most >= shortest and written


def _asked(session: duckdb.DuckDBPyConnection, query: exp.Select) -> Mapping[str, int]:
    counted = session.execute(query.sql(DIALECT)).fetchall()
    # Of a column without any value the engine counts null and not 0.
    return {name: count or 0 for name, count in zip(query.named_selects, counted[0], strict=True)}


def _passed(column: _Column, detector: ValueDetector, counts: Mapping[str, int]) -> int:
    return counts.get(column.checked(detector) if detector.check else column.hits(detector), 0)


def sizes_query(snapshot: Snapshot, columns: list[_Column]) -> exp.Select:
    """One SELECT of counts: how filled, how many different, how long, and how many values go beyond ASCII."""
    counts = [("rows", exp.Count(this=exp.Star())), *(named for c in columns for named in _sizes(c))]
    return _select(_aliased(counts), _sized(snapshot, columns))


def tests_query(snapshot: Snapshot, possible: list[tuple[_Column, ValueDetector]]) -> exp.Select:
    """One SELECT of counts: how many values pass each test."""
    words: dict[_Column, list[str]] = {}
    for column, test in possible:
        words.setdefault(column, []).extend(test.words)
    counts = ((c.hits(test), exp.func("count_if", _passes(c, test))) for c, test in possible)
    return _select(_aliased(counts), _cleaned(snapshot, words))


def checks_query(snapshot: Snapshot, wanted: list[tuple[_Column, ValueDetector]]) -> exp.Select:
    """One SELECT of counts: how many values' check characters are right."""
    columns: dict[_Column, list[str]] = {column: [] for column, _ in wanted}
    numbers = [(c.checked(d), _number(c, d)) for c, d in wanted]
    found = _select(_aliased(numbers), _cleaned(snapshot, columns))
    apart = _select(_aliased(part for c, d in wanted for part in _parts(c, d)), found)
    return _select(_aliased((c.checked(d), _checks(c, d)) for c, d in wanted), apart)


def _sized(snapshot: Snapshot, columns: Iterable[_Column]) -> exp.Select:
    """Two layers: values without surrounding spaces; then their length and whether they go beyond ASCII."""
    trimmed = _select(_aliased(_trimmed(c) for c in columns), _files(snapshot))
    return _select([exp.Star(), *_aliased(size for c in columns for size in _size(c))], trimmed)


def _cleaned(snapshot: Snapshot, words: Mapping[_Column, list[str]]) -> exp.Select:
    """A third layer: ASCII in capitals, and whether a value is any of `words` that its column is put to."""
    parts = _aliased(part for column, listed in words.items() for part in _value(column, listed))
    return _select([exp.Star(), *parts], _sized(snapshot, words))


def _select(expressions: list[exp.Expr], from_: exp.Expr) -> exp.Select:
    # copy=False: these trees are large, belong to nobody else, and would be copied once a layer.
    source = from_.subquery("s", copy=False) if isinstance(from_, exp.Select) else from_
    return exp.Select(expressions=expressions).from_(source, copy=False)


def _files(snapshot: Snapshot) -> exp.Expr:
    """Columns are taken by their place: two headings that differ only in case are one name to DuckDB."""
    files = exp.Array(expressions=[exp.Literal.string(file) for file in snapshot.files])
    plain = exp.EQ(this=exp.to_identifier("hive_partitioning"), expression=exp.false())
    names = [exp.to_identifier(f"c{place}", quoted=True) for place in range(len(snapshot.columns))]
    return exp.Table(
        this=exp.Anonymous(this="read_parquet", expressions=[files, plain]),
        alias=exp.TableAlias(this=exp.to_identifier("t"), columns=names),
    )


def _aliased(named: Iterable[Named]) -> list[exp.Expr]:
    return [
        exp.Alias(this=expression, alias=exp.to_identifier(name, quoted=True)) for name, expression in named
    ]


def _trimmed(column: _Column) -> Named:
    raw = column.ref("c")
    if column.type is not FieldType.TEXT:
        return column.part("t"), exp.cast(raw, "TEXT", dialect=DIALECT)
    # Few values have spaces around them, and trimming makes a copy of each it is asked about.
    space = exp.Literal.string(" ")
    spaced = exp.or_(exp.func("prefix", raw, space), exp.func("suffix", raw.copy(), space.copy()))
    trimmed = exp.case().when(spaced, exp.func("trim", raw.copy()), copy=False).else_(raw.copy(), copy=False)
    return column.part("t"), exp.func("nullif", trimmed, exp.Literal.string(""))


def _size(column: _Column) -> Iterator[Named]:
    text = column.ref("t")
    yield column.part("n"), exp.func("length", text)
    yield column.part("wide"), exp.func("strlen", text.copy()).neq(exp.func("length", text.copy()))


def _value(column: _Column, words: list[str]) -> Iterator[Named]:
    text = column.ref("t")
    if column.type is not FieldType.TEXT:
        yield column.part("v"), text
    else:
        capitals = exp.case().when(column.ref("wide"), text, copy=False)
        yield column.part("v"), capitals.else_(exp.func("upper", text.copy()), copy=False)
    if words:
        yield column.part("word"), _is_some_word(column, words)


def _is_some_word(column: _Column, words: list[str]) -> exp.Expr:
    """Whether the value is any word of any list: one automaton for all, so that the lists are read for few values only.
    It is asked in the layer where capitals are made, and so told to overlook them."""
    any_word = "|".join(re.escape(word) for word in dict.fromkeys(words))
    tested = exp.RegexpLike(this=column.ref("t"), expression=exp.Literal.string(f"(?i)^(?:{any_word})$"))
    short = column.ref("n") <= max(map(len, words))
    return exp.case().when(short, tested, copy=False).else_(exp.false(), copy=False)


def _sizes(column: _Column) -> Iterator[Named]:
    yield column.part("filled"), exp.Count(this=column.ref("t"))
    yield column.part("distinct"), exp.func("approx_count_distinct", column.ref("t"))
    yield column.part("shortest"), exp.Min(this=column.ref("n"))
    yield column.part("longest"), exp.Max(this=column.ref("n"))
    yield column.part("wides"), exp.func("count_if", column.ref("wide"))


def _passes(column: _Column, test: ValueDetector) -> exp.Expr:
    """CASE and not AND: only of a CASE does the engine promise that the dear test waits for the cheap ones."""
    tested = _matches(column, test) if test.pattern else _is_word(column, test)
    gates: list[exp.Expr] = [column.ref("word") if test.words else column.ref("t").is_(exp.null()).not_()]
    if test.contains:
        gates.append(exp.func("contains", column.ref("v"), exp.Literal.string(test.contains)))
    if test.shortest:
        gates.append(column.ref("n") >= test.shortest)
    if test.longest:
        gates.append(column.ref("n") <= test.longest)
    if test.script:
        gates.append(column.ref("wide") if test.script == "wide" else column.ref("wide").not_())
    return exp.case().when(exp.and_(*gates), tested, copy=False).else_(exp.false(), copy=False)


def _matches(column: _Column, test: ValueDetector) -> exp.Expr:
    return exp.RegexpLike(this=column.ref("v"), expression=exp.Literal.string(test.pattern))


def _is_word(column: _Column, test: ValueDetector) -> exp.Expr:
    return exp.In(this=column.ref("v"), expressions=[exp.Literal.string(word) for word in test.words])


def _number(column: _Column, detector: ValueDetector) -> exp.Expr:
    """What the check is reckoned on, null where the value hasn't its shape."""
    found = subject(detector.check, column.ref("v"), detector.pattern)
    return exp.case().when(_passes(column, _test(detector)), found, copy=False)


def _parts(column: _Column, detector: ValueDetector) -> Iterator[Named]:
    number = exp.column(column.checked(detector), quoted=True)
    for place, part in enumerate(CHECKS[detector.check].parts(number)):
        yield f"{column.checked(detector)}_{place}", part


def _checks(column: _Column, detector: ValueDetector) -> exp.Expr:
    parts: list[exp.Expr] = [exp.column(name, quoted=True) for name, _ in _parts(column, detector)]
    return exp.func("count_if", CHECKS[detector.check].right(parts))
