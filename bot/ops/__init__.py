"""How the bot is watched: logs, health, metrics, the loop watch, and what the operator is told."""
