"""The words of moderators."""
