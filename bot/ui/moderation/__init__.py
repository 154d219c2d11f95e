"""Messages to and from moderators."""
