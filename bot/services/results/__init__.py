"""What members do with a result: details, deletion, sharing, originals."""
