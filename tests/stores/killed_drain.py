"""A process that is killed (SIGKILL, its own hand) at one exact moment of a drain. Run by test_killed.py.

Arguments: home, moment. Puts events 0 to 5 into the outbox of `home` when there are none, then drains.
"""

import os
import sys
from pathlib import Path

import django
from django.db import connection, transaction
from django.db.models import QuerySet

from datong.ledger.log import Log
from datong.records.log import _Rows, open_log
from tests.stores.killed_append import NAME, die, event


def set_trap(moment: str) -> None:
    update = QuerySet.update
    marks: list[object] = []

    def die_at_the_third_mark(rows: QuerySet, **values: object) -> int:  # type: ignore[type-arg]
        marks.append(values)
        if len(marks) == 3:
            die()
        return update(rows, **values)

    match moment:
        case "before the log's commit":
            _Rows.keep_checkpoint = die  # type: ignore[method-assign, assignment]
        case "entered, nothing marked":
            QuerySet.update = die  # type: ignore[method-assign, assignment]
        case "half marked":
            QuerySet.update = die_at_the_third_mark  # type: ignore[method-assign, assignment]


def outbox_of(home: Path) -> None:
    from datong.records import outbox
    from datong.records.models.outbox import Outbox

    if Outbox._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Outbox)
        with transaction.atomic():
            for number in range(6):
                outbox.put(event(number))


def drained(log: Log) -> str:
    from datong.records import outbox
    from datong.records.models.outbox import Outbox

    marked = outbox.drain(log)
    rows = Outbox.objects.order_by("id").values_list("log_index", "persons")
    return f"{marked} {outbox.waiting()} {[index for index, _ in rows]} {any(persons for _, persons in rows)}"


if __name__ == "__main__":
    home, moment = Path(sys.argv[1]), sys.argv[2]
    os.environ.update(DATONG_HOME=str(home), DATONG_DATABASE_URL="", DJANGO_SETTINGS_MODULE="datong.settings")
    django.setup()
    outbox_of(home)
    set_trap(moment)
    print(drained(open_log(home, name=NAME)))
