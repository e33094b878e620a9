"""Counters that rise by one, each value given once, whatever number of processes ask (see models/counter.py)."""

from django.db import connection

from datong.records.models.counter import Counter

# One statement on both databases: a read and a write apart would give two processes the same number.
_RISE = """
    INSERT INTO counter (name, value) VALUES (%s, 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
    RETURNING value
"""


def rise(name: str) -> int:
    """The next value: 1 the first time."""
    with connection.cursor() as cursor:
        cursor.execute(_RISE, [name])
        return int(cursor.fetchone()[0])


def value(name: str) -> int:
    return Counter.objects.filter(name=name).values_list("value", flat=True).first() or 0
