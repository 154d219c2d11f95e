"""Which styles do best, as a message with charts."""
