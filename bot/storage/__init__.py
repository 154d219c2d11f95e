"""The database: tables, repositories and the transactions that services work in.

All SQL of the project is here. `bot.storage.database.Database` is the door.
"""
