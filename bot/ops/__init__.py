"""How the bot is watched: logs and what the operator is told."""
