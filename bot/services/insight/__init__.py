"""Which styles do best, and what kind of prompt pictures were painted from."""
