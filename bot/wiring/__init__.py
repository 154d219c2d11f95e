"""What `bot.app` is put together from: each builds one subject and hands it what it needs."""
