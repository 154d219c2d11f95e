"""One visual language for every message: colours and icons."""

import discord

from bot.domain import palette

CANAL = discord.Colour(palette.CANAL)
"""Results and everything that went well."""

LANTERN = discord.Colour(palette.LANTERN)
"""Something to know or to change."""

BRICK = discord.Colour(palette.BRICK)
"""Something failed."""

ICON_NOTE = "ℹ️"
ICON_REFUSED = "✋"
ICON_FAILED = "⚠️"
ICON_HELD = "⏳"
ICON_APPROVE = "✅"
ICON_REJECT = "🚫"
ICON_STRIKE = "🔨"
ICON_APPEAL = "🙋"
ICON_QUOTA = "🎟️"
ICON_PROMPT = "🎨"
ICON_TOOL = "🖼️"
ICON_CANCEL = "✖️"

ICON_REROLL = "🎲"
ICON_REMIX = "✏️"
ICON_VARY = "🪄"
ICON_VARY_SUBTLY = "🌱"
ICON_EDIT = "🖍️"
ICON_UPSCALE = "↗️"
ICON_CUT_OUT = "✂️"
ICON_FAVOURITE = "⭐"
ICON_SHARE = "📣"
ICON_DETAILS = "🔎"
ICON_ORIGINAL = "💾"
ICON_DELETE = "🗑️"
ICON_REPORT = "🚩"
ICON_RESTORE = "✅"
ICON_UPVOTE = "👍"
ICON_DOWNVOTE = "👎"
ICON_LIBRARY = "🖼️"
ICON_MODELS = "🧰"
ICON_STYLES = "🖌️"
ICON_SAVED = "📌"
ICON_HELP = "🛶"
ICON_BACK = "◀️"
ICON_NEXT = "▶️"
ICON_STATS = "📊"
ICON_LEADERBOARD = "🏆"
ICON_ROUND = "🗳️"
ICON_SURPRISE = "🎲"
ICON_RULES = "⚖️"
ICON_BATTLE = "⚔️"
ICON_STAR = "⭐"
ICON_CONTEST = "🏅"
ICON_PRIVACY = "🔐"
ICON_TABLE = "🧾"
ICON_WHY = "❔"
