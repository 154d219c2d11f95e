"""Every word that a member sees, in their language, and how numbers and times are written."""
