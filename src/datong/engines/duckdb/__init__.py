"""DuckDB as a query engine: a locked session in a process of its own (the second barrier)."""
