"""The words for errors about rounds."""

from functools import singledispatch

from bot.domain.rounds import errors
from bot.text.format import moment
from bot.text.quoting import as_code
from bot.text.words import Words


@singledispatch
def explain_round_error(error: errors.RoundError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_round_error.register
def _(_error: errors.NoRoundHere, words: Words) -> str:
    return words(
        "There is no round in this channel. Who manages the server opens one with "
        "`/style round open`."
    )


@explain_round_error.register
def _(error: errors.RoundOpenAlready, words: Words) -> str:
    return words(
        "This channel has a round already: {theme}. `/style round close` ends its present phase, "
        "`/style round cancel` ends it without a result.",
        theme=as_code(error.theme, 100),
    )


@explain_round_error.register
def _(_error: errors.CannotAnnounceHere, words: Words) -> str:
    return words(
        "I may not send messages with files in this channel, so no round can be held here. Let "
        "me do so, or choose another channel."
    )


@explain_round_error.register
def _(error: errors.ThemeEmpty, words: Words) -> str:
    return words("A round's theme has 1 to {limit} characters.", limit=error.limit)


@explain_round_error.register
def _(error: errors.ProposalsOver, words: Words) -> str:
    if error.votes_until is None:
        return words("This round takes no more proposals. `/style round show` shows where it is.")
    return words(
        "This round takes no more proposals: members vote until {moment}. Vote with "
        "`/style round vote`.",
        moment=moment(error.votes_until),
    )


@explain_round_error.register
def _(error: errors.VotingNotBegun, words: Words) -> str:
    return words(
        "The vote has not begun: members propose styles until {moment}.",
        moment=moment(error.proposals_until),
    )


@explain_round_error.register
def _(_error: errors.VotingOver, words: Words) -> str:
    return words(
        "The vote of this round is over, and its ballots stay as they are. "
        "`/style round show` shows what it came to."
    )


@explain_round_error.register
def _(error: errors.ProposalsFull, words: Words) -> str:
    return words(
        "This round has {limit} proposals, which is as many as a round takes. You can vote on "
        "them when the vote begins.",
        limit=error.limit,
    )


@explain_round_error.register
def _(error: errors.TooManyOfYours, words: Words) -> str:
    return words(
        "You have {limit} proposals in this round, which is as many as one member may have. "
        "`/style round withdraw` takes one back.",
        limit=error.limit,
    )


@explain_round_error.register
def _(error: errors.ProposalExists, words: Words) -> str:
    return words(
        "A style called {name} is proposed in this round already. Choose another name.",
        name=as_code(error.name),
    )


@explain_round_error.register
def _(error: errors.ProposalUnknown, words: Words) -> str:
    return words(
        "You have proposed no style called {name} in this round. `/style round show` shows those "
        "there are.",
        name=as_code(error.name),
    )


@explain_round_error.register
def _(_error: errors.ExampleNotFound, words: Words) -> str:
    return words(
        "That is no picture of yours that may be shown here. An example is one you asked for in "
        "this server, not private, not deleted, and within this channel's rules."
    )


@explain_round_error.register
def _(_error: errors.ExampleThere, words: Words) -> str:
    return words("This proposal has its example, or was taken back. Nothing more is painted.")


@explain_round_error.register
def _(_error: errors.NothingToVoteFor, words: Words) -> str:
    return words("There is nothing for you to vote for: all styles of this round are your own.")


@explain_round_error.register
def _(_error: errors.BallotOutdated, words: Words) -> str:
    return words(
        "That menu is from before your last choice. `/style round vote` shows your ballot as it "
        "is now."
    )
