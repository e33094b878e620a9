"""Readers for departments' databases (intake.reader.Reader), by the URL's scheme."""

from datong.engines.postgresql import PostgreSQL
from datong.engines.sqlite import SQLite
from datong.intake.reader import Readers

DATABASES: Readers = {"sqlite": SQLite(), "postgresql": PostgreSQL(), "postgres": PostgreSQL()}
