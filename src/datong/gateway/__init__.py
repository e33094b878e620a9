"""Ring 4: the only door to data. Request → reads → decide → rewrite → record → execute → record the outcome."""
