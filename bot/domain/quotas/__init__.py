"""Limits, budgets, grants and the ledger's values."""
