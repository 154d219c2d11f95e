"""The words of what is stored of members."""
