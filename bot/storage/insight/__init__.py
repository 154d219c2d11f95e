"""What votes on pictures in styles come to."""
