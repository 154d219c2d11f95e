"""Jobs, their images, and what waits beside them."""
