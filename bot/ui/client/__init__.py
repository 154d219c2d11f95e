"""What the client knows of Discord, from its cache and its connection."""
