"""Policies, terms, reviews, reports, strikes and the audit log."""
