"""The ledger, limits and what was spent."""
