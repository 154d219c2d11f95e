"""Limits, budgets and grants: who pays, what is left, and who may change it."""
