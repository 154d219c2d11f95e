"""One visual language for every message: colours and icons."""

import discord

CANAL = discord.Colour(0x2E8B8B)
"""Results and everything that went well."""

LANTERN = discord.Colour(0xE0A030)
"""Something to know or to change."""

BRICK = discord.Colour(0xC0503C)
"""Something failed."""

ICON_NOTE = "ℹ️"
ICON_REFUSED = "✋"
ICON_FAILED = "⚠️"
ICON_QUOTA = "🎟️"
ICON_PROMPT = "🎨"
ICON_CANCEL = "✖️"

ICON_REROLL = "🎲"
ICON_REMIX = "✏️"
ICON_VARY = "🪄"
ICON_FAVOURITE = "⭐"
ICON_SHARE = "📣"
ICON_DETAILS = "🔎"
ICON_DELETE = "🗑️"
ICON_REPORT = "🚩"
ICON_LIBRARY = "🖼️"
ICON_MODELS = "🧰"
ICON_STYLES = "🖌️"
ICON_SAVED = "📌"
ICON_HELP = "🛶"
ICON_BACK = "◀️"
ICON_NEXT = "▶️"
ICON_SURPRISE = "🎲"
