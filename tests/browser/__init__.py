"""The demo as its users meet it: through a real browser, or through its address."""
