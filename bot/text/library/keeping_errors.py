"""The words for errors about lists, presets and defaults."""

from functools import singledispatch

from bot.domain import errors
from bot.domain.privacy import PrivacyError
from bot.domain.quotas.errors import QuotaInputError
from bot.domain.voting.taking_part import TakingPartError
from bot.text.privacy.errors import explain_privacy_error
from bot.text.quotas.input_errors import explain_quota_input_error
from bot.text.quoting import as_code, listed
from bot.text.votes.taking_part import explain_taking_part_error
from bot.text.words import Words


@singledispatch
def explain_keeping_error(error: errors.KeepingError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_keeping_error.register
def _(error: QuotaInputError, words: Words) -> str:
    return explain_quota_input_error(error, words)


@explain_keeping_error.register
def _(error: PrivacyError, words: Words) -> str:
    return explain_privacy_error(error, words)


@explain_keeping_error.register
def _(error: TakingPartError, words: Words) -> str:
    return explain_taking_part_error(error, words)


@explain_keeping_error.register
def _(_error: errors.PageExpired, words: Words) -> str:
    return words("This list was opened too long ago. Please open it again.")


@explain_keeping_error.register
def _(_error: errors.PageOfAnother, words: Words) -> str:
    return words("Another member leafs through this list. Open one of your own.")


@explain_keeping_error.register
def _(_error: errors.NoServerHere, words: Words) -> str:
    return words("That belongs to a server that has installed the bot; there is none here.")


@explain_keeping_error.register
def _(error: errors.ChannelUnwritable, words: Words) -> str:
    return words(
        "I may not post pictures in {channel}. Give me the permissions View Channel, "
        "Send Messages and Attach Files there, or choose another channel.",
        channel=f"<#{error.channel_id}>",
    )


@explain_keeping_error.register
def _(error: errors.PresetUnknown, words: Words) -> str:
    if error.nearest:
        return words(
            "You have no preset called {name}. Did you mean {nearest}?",
            name=as_code(error.name),
            nearest=listed(error.nearest),
        )
    return words(
        "You have no preset called {name}. `/preset list` shows those you have.",
        name=as_code(error.name),
    )


@explain_keeping_error.register
def _(error: errors.PresetNameWrong, words: Words) -> str:
    return words("A preset's name has 1 to {limit} characters.", limit=error.limit)


@explain_keeping_error.register
def _(error: errors.PresetsFull, words: Words) -> str:
    return words(
        "You have {limit} presets, and there is no room for more. Delete one first.",
        limit=error.limit,
    )


@explain_keeping_error.register
def _(_error: errors.NothingGiven, words: Words) -> str:
    return words("There is nothing to save. Give at least one option.")


@explain_keeping_error.register
def _(_error: errors.ManageServerNeeded, words: Words) -> str:
    return words("Only members who may manage the server can change what holds for others.")


@explain_keeping_error.register
def _(_error: errors.ServerSettingOnly, words: Words) -> str:
    return words("Watermarks and metadata are set for a whole server: choose `scope:server`.")
