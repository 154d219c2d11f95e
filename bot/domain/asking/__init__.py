"""What members ask for: wishes, requests and the recipes they become."""
