"""What members and servers keep for next time: presets and defaults."""
