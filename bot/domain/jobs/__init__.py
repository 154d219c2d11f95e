"""Jobs: accepted requests, whose turn it is, and what becomes of them."""
