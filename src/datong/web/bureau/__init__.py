"""The sharing authority's pages: reviewing catalogue entries, and the ledger that anyone may verify (共享主管部门)."""
