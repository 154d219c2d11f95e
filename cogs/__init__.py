"""The commands: each parses, calls a service and shows what comes back."""
