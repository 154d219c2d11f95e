"""The words of results, and of the wait for them."""
