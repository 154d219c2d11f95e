"""The words for a request that is welcome at another time."""

from functools import singledispatch

from bot.domain.jobs import admission
from bot.text.format import moment
from bot.text.words import Words


@singledispatch
def explain_turned_away(error: admission.TurnedAway, words: Words) -> str:
    """What is in the way, and when to ask again.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_turned_away.register
def _(error: admission.QueueFull, words: Words) -> str:
    return words.plural(
        "The queue is full: {count} request is waiting. Please try again in a few minutes.",
        "The queue is full: {count} requests are waiting. Please try again in a few minutes.",
        error.waiting,
    )


@explain_turned_away.register
def _(error: admission.OwnQueueFull, words: Words) -> str:
    return words.plural(
        "You have {count} request waiting, which is as many as one member may have. "
        "Please wait until it is done, or cancel it.",
        "You have {count} requests waiting, which is as many as one member may have. "
        "Please wait until some are done, or cancel some.",
        error.waiting,
    )


@explain_turned_away.register
def _(error: admission.AskedTooSoon, words: Words) -> str:
    return words(
        "There has to be a pause between your requests. You can ask again from {at}.",
        at=moment(error.again_at),
    )


@explain_turned_away.register
def _(error: admission.PausedAfterFailures, words: Words) -> str:
    return words(
        "Many of your last requests were refused, so you are paused until {at}. "
        "Please change what you ask for then.",
        at=moment(error.until),
    )
