"""The words of rounds of styles."""
