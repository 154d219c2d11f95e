"""The words of cancelling: what was stopped, what was not, and what it costs."""

from bot.domain.jobs.cancelling import Cancelling
from bot.text.words import N_, Words

OUTCOMES: dict[Cancelling, str] = {
    Cancelling.CANCELLED: N_("Cancelled. Nothing had been sent, and nothing was charged."),
    Cancelling.STOPPING: N_(
        "Cancelling: what has not been sent yet is refunded. "
        "What is being painted already will still be shown."
    ),
    Cancelling.TOO_LATE: N_("It is too late to cancel: this request has come to its end."),
}


def cancelling_sentence(outcome: Cancelling, words: Words) -> str:
    """What became of the wish to cancel."""
    return words(OUTCOMES[outcome])
