"""Quotas and spending, as messages and charts."""
