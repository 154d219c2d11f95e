"""The words for errors about what is stored of a member."""

from functools import singledispatch

from bot.domain import privacy
from bot.text.format import moment
from bot.text.words import Words


@singledispatch
def explain_privacy_error(error: privacy.PrivacyError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_privacy_error.register
def _(error: privacy.ExportTooSoon, words: Words) -> str:
    return words(
        "You exported everything within the last hour. You can do it again {when}.",
        when=moment(error.again_at),
    )


@explain_privacy_error.register
def _(_error: privacy.ExportTooLarge, words: Words) -> str:
    return words(
        "What is stored about you in writing alone is larger than a message takes here. Please "
        "ask the bot's operator for it."
    )


@explain_privacy_error.register
def _(_error: privacy.ErasureUnderWay, words: Words) -> str:
    return words("Your data are being deleted already. There is nothing more to do.")


@explain_privacy_error.register
def _(_error: privacy.NothingStored, words: Words) -> str:
    return words("Nothing is stored about you.")


@explain_privacy_error.register
def _(_error: privacy.QuestionOfAnother, words: Words) -> str:
    return words("This was asked of another member. Type `/privacy` for your own data.")
