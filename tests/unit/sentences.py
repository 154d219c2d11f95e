"""What the bot can say, read from its sources once."""

from bot.text.extract import ROOT, find_sentences

SENTENCES = tuple(find_sentences(ROOT))
