"""Adapters: where data lies and queries run. They keep the ports of the rings below and know nothing of the ORM."""
