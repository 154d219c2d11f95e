"""The Discord side of showing: it draws, it decides nothing."""
