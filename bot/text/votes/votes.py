"""The words about votes."""

from bot.domain.voting.vote import FULL_WEIGHT, Vote, VoteValue
from bot.text.words import Words


def vote_taken(vote: Vote | None, words: Words) -> str:
    """What became of a vote, and how to take it back."""
    if vote is None:
        return words("Your vote is taken back.")
    if vote.value is VoteValue.UP:
        said = words("You voted for this picture. Press again to take it back.")
    else:
        said = words("You voted against this picture. Press again to take it back.")
    if vote.held:
        waits = words(
            "It waits for this server's moderators, because many new members voted at once."
        )
        return f"{said} {waits}"
    if vote.weight == FULL_WEIGHT:
        return said
    if vote.weight == 0:
        light = words(
            "It is counted, but weighs nothing yet: your account, or your membership here, is "
            "too new."
        )
    else:
        light = words("It weighs half, because your account, or your membership here, is new.")
    return f"{said} {light}"
