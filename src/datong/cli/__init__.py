"""The command `datong`: the same actions as the site, for scripts and for those who live in a terminal."""
