"""Columns of the lake: Arrow types to Iceberg's and to the catalogue's, and ids that stay with a column's name.

A reader of an older snapshot finds a column by its id. So a column keeps its id while its type allows it, and one that
comes back under an old name with another type is a new column.
"""

import pyarrow as pa
from pyiceberg.schema import Schema
from pyiceberg.types import (
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    IcebergType,
    LongType,
    NestedField,
    StringType,
    TimestampType,
    TimestamptzType,
)

from datong.catalogue.field import FieldType
from datong.terms.fault import Fault
from datong.terms.text import Text


class ColumnTypeUnknown(Fault):
    def __init__(self, column: str, type: str) -> None:
        self.column, self.type = column, type
        super().__init__(
            Text(
                zh=f"列 {column} 的类型 {type} 不能存入数据湖。请在数据源中转换为文字、数值、日期或真假值。",
                en=f"Column {column} has the type {type}, which the lake doesn't keep. "
                "Convert it in the source to text, a number, a date or true and false.",
            )
        )


_PLAIN: tuple[tuple[pa.DataType, IcebergType], ...] = (
    (pa.string(), StringType()),
    (pa.int64(), LongType()),
    (pa.float64(), DoubleType()),
    (pa.bool_(), BooleanType()),
    (pa.date32(), DateType()),
    (pa.timestamp("us"), TimestampType()),
    (pa.timestamp("us", tz="UTC"), TimestamptzType()),
)
_FIELD_TYPES: dict[type[IcebergType], FieldType] = {
    StringType: FieldType.TEXT,
    LongType: FieldType.INTEGER,
    DoubleType: FieldType.DECIMAL,
    DecimalType: FieldType.DECIMAL,
    BooleanType: FieldType.BOOLEAN,
    DateType: FieldType.DATE,
    TimestampType: FieldType.TIMESTAMP,
    TimestamptzType: FieldType.TIMESTAMP,
}


def iceberg_type(column: str, type: pa.DataType) -> IcebergType:
    """Raises ColumnTypeUnknown."""
    if pa.types.is_decimal128(type):
        return DecimalType(type.precision, type.scale)
    for arrow, iceberg in _PLAIN:
        if arrow == type:
            return iceberg
    raise ColumnTypeUnknown(column, str(type))


def schema_after(before: Schema, arriving: pa.Schema, *, last_id: int, schema_id: int) -> Schema:
    """`arriving` as an Iceberg schema: in its own order, with the ids that its columns had in `before`."""
    had = {field.name: field for field in before.fields}
    fields = []
    for column in arriving:
        type = iceberg_type(column.name, column.type)
        known = had.get(column.name)
        if known is not None and _may_become(known.field_type, type):
            id = known.field_id
        else:
            id = last_id = last_id + 1
        fields.append(NestedField(field_id=id, name=column.name, field_type=type, required=False))
    return before if tuple(fields) == before.fields else Schema(*fields, schema_id=schema_id)


def _may_become(before: IcebergType, after: IcebergType) -> bool:
    """What Iceberg calls a promotion: a decimal may grow in front of its point."""
    if isinstance(before, DecimalType) and isinstance(after, DecimalType):
        return before.scale == after.scale and before.precision <= after.precision
    return before == after


def parquet_schema(arriving: pa.Schema, schema: Schema) -> pa.Schema:
    """`arriving` with the ids that Parquet readers find Iceberg's columns by."""
    ids = {field.name: field.field_id for field in schema.fields}
    return pa.schema(
        [
            pa.field(c.name, c.type, metadata={b"PARQUET:field_id": str(ids[c.name]).encode()})
            for c in arriving
        ]
    )


def columns_of(schema: Schema) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, _FIELD_TYPES[type(field.field_type)].value) for field in schema.fields)
