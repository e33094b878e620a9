"""Ring 1: the shared words, as plain values. Nothing here knows another part of Datong."""
