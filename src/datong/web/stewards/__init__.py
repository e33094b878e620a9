"""A data officer's pages: sources, deliveries, the catalogue and its grades (数据专员)."""
