"""The words of rules, and of those whom they stop."""
