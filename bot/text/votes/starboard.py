"""The words of starboards."""

from bot.domain.ids import ChannelId, UserId
from bot.domain.starboard import Starboard
from bot.text.words import Words


def starred(votes: int, maker: UserId, words: Words) -> str:
    """How many voted for whose picture."""
    return words.plural(
        "{count} vote for a picture by {member}",
        "{count} votes for a picture by {member}",
        votes,
        member=f"<@{maker}>",
    )


def open_original(words: Words) -> str:
    """The button that leads to the picture's own message."""
    return words("Open the original")


def board_set(board: Starboard, words: Words) -> str:
    """From how many votes on pictures are shown where."""
    return words.plural(
        "Pictures with {count} vote or more are shown in {channel} from now on, once each. "
        "Those of age-restricted channels are shown where safe mode is off alone.",
        "Pictures with {count} votes or more are shown in {channel} from now on, once each. "
        "Those of age-restricted channels are shown where safe mode is off alone.",
        board.threshold,
        channel=f"<#{board.channel_id}>",
    )


def board_off(words: Words, *, was_on: bool) -> str:
    """That nothing more is shown."""
    if was_on:
        return words("The starboard is off: what it shows stays, and nothing new comes.")
    return words("This server has no starboard. Name a channel to have one.")


def unreached(channel_id: ChannelId, words: Words) -> str:
    """That the starboard's channel cannot be posted to, and what to do."""
    return words(
        "I cannot post to the starboard {channel}. Give me the permissions View Channel, Send "
        "Messages, Attach Files and Read Message History there, or choose another channel with "
        "`/server starboard`. The pictures wait until then.",
        channel=f"<#{channel_id}>",
    )
