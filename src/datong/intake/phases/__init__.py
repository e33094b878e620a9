"""The phases of a landing, a file each: decode, normalise, type, check. Each takes rows and gives rows; none drops one."""
