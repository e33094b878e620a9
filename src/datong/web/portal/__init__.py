"""What anyone may open, and a citizen's own page: signing in, what to do now, who used my data (门户)."""
