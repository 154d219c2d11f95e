"""The rules of channels as messages."""
