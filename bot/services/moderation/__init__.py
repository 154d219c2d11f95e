"""Blocked terms, reviews, reports, and the audit log."""
