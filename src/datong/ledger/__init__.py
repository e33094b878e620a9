"""Ring 1: the append-only record of every event, which anyone can verify (RFC 6962, C2SP checkpoints)."""
