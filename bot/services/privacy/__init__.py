"""What is stored of members and servers: shown, exported, erased."""
