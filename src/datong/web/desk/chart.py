"""An answer as a chart: an SVG made here, on the server, so that the page needs no script and prints as it looks."""

from typing import Any

import pyarrow as pa
import vl_convert
from django.utils.safestring import SafeString, mark_safe

from datong.terms.text import Language, Text
from datong.web.desk.cells import is_number, shown

MOST_BARS = 60
MOST_POINTS = 2_000
_FONT = "system-ui, Noto Sans CJK SC, Microsoft YaHei, sans-serif"


def chart(table: pa.Table, language: Language) -> SafeString | Text:
    """A bar for each word, or a line over dates and numbers; a Text that says why there is no chart."""
    across, up = _axes(table)
    if across is None or up is None:
        return Text(
            zh="此结果画不成图：图表需要一列类别或日期和一列数值，例如 SELECT 类别, count(*) … GROUP BY 类别。",
            en="This answer doesn't make a chart: that takes a column of words or dates and a column of numbers, "
            "as in SELECT category, count(*) … GROUP BY category.",
        )
    drawn = _line if _runs(table.schema.field(across).type) else _bars
    most = MOST_POINTS if drawn is _line else MOST_BARS
    if table.num_rows > most:
        return Text(
            zh=f"行数过多（{table.num_rows:,} 行），图表最多显示 {most:,} 个值。请先分组汇总。",
            en=f"There are too many rows for a chart ({table.num_rows:,}; {most:,} at most). Group them first.",
        )
    points = [
        {"across": shown(x, language), "up": None if y is None else float(y)}
        for x, y in zip(table.column(across).to_pylist(), table.column(up).to_pylist(), strict=True)
    ]
    # With no address allowed, what a cell holds can't make the converter fetch anything. Its own text is escaped by it.
    return mark_safe(vl_convert.vegalite_to_svg(_spec(points, drawn(across, up)), allowed_base_urls=[]))


def _axes(table: pa.Table) -> tuple[str | None, str | None]:
    """The first column that isn't a number (else the first number) goes across; the first other number goes up."""
    names, kinds = table.column_names, [field.type for field in table.schema]
    if len(set(names)) < len(names) or not names:
        return None, None
    words = [name for name, kind in zip(names, kinds, strict=True) if not is_number(kind)]
    numbers = [name for name, kind in zip(names, kinds, strict=True) if is_number(kind)]
    across = words[0] if words else numbers[0]
    return across, next((name for name in numbers if name != across), None)


def _runs(kind: pa.DataType) -> bool:
    return pa.types.is_date(kind) or pa.types.is_timestamp(kind) or is_number(kind)


def _bars(across: str, up: str) -> dict[str, Any]:
    return {
        "mark": {"type": "bar", "color": "#2f6ea8"},
        "height": {"step": 26},
        "encoding": {
            "y": {
                "field": "across",
                "type": "nominal",
                "sort": None,
                "axis": {"title": across, "labelLimit": 240},
            },
            "x": {"field": "up", "type": "quantitative", "axis": {"title": up}},
        },
    }


def _line(across: str, up: str) -> dict[str, Any]:
    return {
        "mark": {"type": "line", "color": "#2f6ea8", "point": True},
        "height": 320,
        "encoding": {
            "x": {
                "field": "across",
                "type": "ordinal",
                "sort": None,
                "axis": {"title": across, "labelOverlap": True},
            },
            "y": {"field": "up", "type": "quantitative", "axis": {"title": up}},
        },
    }


def _spec(points: list[dict[str, Any]], drawing: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": points},
        "width": 720,
        "config": {
            "mark": {"invalid": "break-paths-show-domains"},
            "aria": False,
            "font": _FONT,
            "axis": {"labelFontSize": 12, "titleFontSize": 12},
        },
        **drawing,
    }
