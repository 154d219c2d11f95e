"""What may be asked and shown in a channel: one function decides."""
