"""The use cases: each a class that is handed what it needs, by the small Protocols of `ports`."""
