"""The words for what a moderator asked for in vain."""

from functools import singledispatch

from bot.domain.conduct.authority import Untouchable
from bot.domain.gate.channel_rules import Layer
from bot.domain.moderation import errors
from bot.text.gate.rules import explain_rule
from bot.text.quoting import as_code, listed
from bot.text.words import N_, Words

_NOT_HERE = {
    Layer.CHANNEL: N_("There is no such place here."),
    Layer.SERVER: N_("This is no server."),
    Layer.BOT: N_("The bot as a whole is no place."),
    Layer.THREAD: N_("This is no thread."),
    Layer.CATEGORY: N_("This channel stands in no category."),
}

_UNTOUCHABLE = {
    Untouchable.YOURSELF: N_("You cannot do that to yourself."),
    Untouchable.BOT: N_("A bot gets no strikes and no blocks."),
    Untouchable.SERVER_OWNER: N_("The server's owner gets no strikes and no blocks."),
    Untouchable.NOT_BELOW_YOU: N_(
        "The member's highest role is not below yours. Ask somebody who stands higher."
    ),
    Untouchable.BOTS_OWNER: N_("The bot's owners cannot block each other."),
}


@singledispatch
def explain_moderation_error(error: errors.ModerationError, words: Words) -> str:
    """One or two sentences for a moderator; nothing was changed.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_moderation_error.register
def _(error: errors.ModeratorNeeded, words: Words) -> str:
    return words("For that you need the permission {permission} here.", permission=error.permission)


@explain_moderation_error.register
def _(_error: errors.OwnerNeeded, words: Words) -> str:
    return words("Only the bot's owner can do that.")


@explain_moderation_error.register
def _(error: errors.LayerNotHere, words: Words) -> str:
    return words(_NOT_HERE[error.layer])


@explain_moderation_error.register
def _(error: errors.CommandUnknown, words: Words) -> str:
    return words(
        "{name} makes no pictures. Name some of {known}, with commas between them.",
        name=as_code(error.name),
        known=listed(error.known),
    )


@explain_moderation_error.register
def _(error: errors.TermNotListed, words: Words) -> str:
    return words(
        "{term} is not on the list. `/moderation terms list` shows what is.",
        term=as_code(error.term),
    )


@explain_moderation_error.register
def _(error: errors.TermFileWrong, words: Words) -> str:
    return words(
        "That is no list of terms: it may have at most {limit} kB, as text with one term a line.",
        limit=error.limit_kb,
    )


@explain_moderation_error.register
def _(error: errors.TermLineWrong, words: Words) -> str:
    return words(
        "Line {line} is no term: {text}. Nothing was added; "
        "`/moderation terms add` tells what is wrong with it.",
        line=error.line,
        text=as_code(error.text),
    )


@explain_moderation_error.register
def _(error: errors.MemberUntouchable, words: Words) -> str:
    return words(_UNTOUCHABLE[error.why])


@explain_moderation_error.register
def _(_error: errors.StrikeGone, words: Words) -> str:
    return words("This strike was withdrawn before, or counts no more. Nothing was changed.")


@explain_moderation_error.register
def _(_error: errors.NotBlocked, words: Words) -> str:
    return words("This member is not blocked there. `/moderation blocks` shows who is.")


@explain_moderation_error.register
def _(_error: errors.ThresholdsWrong, words: Words) -> str:
    return words(
        "A warning has to come before a pause, and a pause before a block. Nothing was changed."
    )


@explain_moderation_error.register
def _(_error: errors.CaseDecided, words: Words) -> str:
    return words("This was decided before, or the picture is not of this server.")


@explain_moderation_error.register
def _(error: errors.ActUnknown, words: Words) -> str:
    said = words("Nothing in the log is called {name}.", name=as_code(error.name))
    if not error.nearest:
        return said
    return f"{said} {words('Did you mean {names}?', names=listed(error.nearest))}"


@explain_moderation_error.register
def _(_error: errors.VotesDecided, words: Words) -> str:
    return words("Somebody has decided on these votes before you. Nothing was changed.")


@explain_moderation_error.register
def _(_error: errors.NoVotesLeft, words: Words) -> str:
    return words("There is no vote of that member on pictures of this server.")


@explain_moderation_error.register
def _(_error: errors.DecidedAlready, words: Words) -> str:
    return words("This picture does not wait for review any more: it was decided on already.")


@explain_moderation_error.register
def _(_error: errors.OwnVotesHeld, words: Words) -> str:
    return words(
        "These votes are for pictures or a style of yours. Please leave the decision to another "
        "moderator."
    )


@explain_moderation_error.register
def _(_error: errors.OwnPictureHeld, words: Words) -> str:
    return words("Nobody decides on a picture of their own. Please leave it to somebody else.")


@explain_moderation_error.register
def _(_error: errors.AnotherModeratorNeeded, words: Words) -> str:
    return words(
        "This is an appeal against your decision. Somebody else who may manage messages there "
        "has to decide."
    )


@explain_moderation_error.register
def _(error: errors.ApprovalForbidden, words: Words) -> str:
    return words(
        "This picture is not allowed there any more, and cannot be approved. {rule}",
        rule=explain_rule(error.rule, words),
    )


@explain_moderation_error.register
def _(_error: errors.NoAppeal, words: Words) -> str:
    return words("This decision is final: it can be appealed against once, within 7 days.")
