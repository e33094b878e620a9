"""Ring 3: a department's table comes in, once, whole, and with every loss reported."""
