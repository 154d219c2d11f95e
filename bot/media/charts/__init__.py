"""Charts as pictures, drawn in a thread."""
