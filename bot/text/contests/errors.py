"""The words for what was asked for in vain about a contest."""

from functools import singledispatch

from bot.domain.contests import errors
from bot.text.format import moment
from bot.text.quoting import listed
from bot.text.words import Words


@singledispatch
def explain_contest_error(error: errors.ContestError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_contest_error.register
def _(_error: errors.NoContest, words: Words) -> str:
    return words(
        "There is no contest here now. Who may manage the server opens one with `/contest open`."
    )


@explain_contest_error.register
def _(_error: errors.ContestRunning, words: Words) -> str:
    return words(
        "This server has a contest already, and has one at a time. `/contest close` and "
        "`/contest cancel` end it."
    )


@explain_contest_error.register
def _(_error: errors.ContestClosed, words: Words) -> str:
    return words("Pictures are entered and withdrawn until the voting starts; it has started.")


@explain_contest_error.register
def _(_error: errors.VotingOver, words: Words) -> str:
    return words("Votes are taken while the voting lasts; it has not started, or is over.")


@explain_contest_error.register
def _(error: errors.ThemeWrong, words: Words) -> str:
    return words("A theme has 1 to {limit} characters.", limit=error.limit)


@explain_contest_error.register
def _(error: errors.WordsWrong, words: Words) -> str:
    return words(
        "A contest requires at most {limit} words of letters and digits, of at most {length} "
        "characters each.",
        limit=error.limit,
        length=error.length,
    )


@explain_contest_error.register
def _(_error: errors.NotYourPicture, words: Words) -> str:
    return words("Only the member who asked for a picture can enter it.")


@explain_contest_error.register
def _(_error: errors.NotPainted, words: Words) -> str:
    return words("This picture was made of another one. A contest takes painted pictures alone.")


@explain_contest_error.register
def _(error: errors.PaintedBeforehand, words: Words) -> str:
    return words(
        "This picture is older than the contest, which opened at {opened}. Paint a new one.",
        opened=moment(error.opened_at),
    )


@explain_contest_error.register
def _(error: errors.WordsMissing, words: Words) -> str:
    return words(
        "The prompt lacks {missing}, which the contest requires. Paint one with that in it.",
        missing=listed(error.missing),
    )


@explain_contest_error.register
def _(_error: errors.EntryNotShowable, words: Words) -> str:
    return words("This picture is private, hidden or deleted, so others cannot be shown it.")


@explain_contest_error.register
def _(_error: errors.EntryNotSafe, words: Words) -> str:
    return words(
        "Safe mode is on in the contest's channel, and this picture is not on record as safe."
    )


@explain_contest_error.register
def _(_error: errors.EnteredAlready, words: Words) -> str:
    return words("This picture is in the contest already.")


@explain_contest_error.register
def _(error: errors.NoEntriesLeft, words: Words) -> str:
    return words.plural(
        "This contest takes {count} picture of each member, and you have entered it. "
        "`/contest withdraw` makes room.",
        "This contest takes {count} pictures of each member, and you have entered them. "
        "`/contest withdraw` makes room.",
        error.limit,
    )


@explain_contest_error.register
def _(error: errors.ContestFull, words: Words) -> str:
    return words(
        "This contest has {limit} entries, and there is no room for more.", limit=error.limit
    )


@explain_contest_error.register
def _(_error: errors.EntryGone, words: Words) -> str:
    return words("There is no such entry in the contest any more.")


@explain_contest_error.register
def _(_error: errors.WhichEntry, words: Words) -> str:
    return words("You have several entries. Say which one, with `entry`.")


@explain_contest_error.register
def _(_error: errors.OwnEntry, words: Words) -> str:
    return words("You cannot vote for an entry of your own.")
