"""The kinds of channels that an option takes."""

import discord

AnyPlace = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.ForumChannel
"""Wherever pictures can be asked for. A forum, or a media channel, is where its posts are; they
are threads, and take its rules."""
