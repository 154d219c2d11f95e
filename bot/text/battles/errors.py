"""The words for errors about battles."""

from functools import singledispatch

from bot.domain.battles import errors
from bot.text.quoting import as_code
from bot.text.words import Words


@singledispatch
def explain_battle_error(error: errors.BattleError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_battle_error.register
def _(_error: errors.BattleOnePrompt, words: Words) -> str:
    return words("A battle has one prompt, and these braces make several. Write it without them.")


@explain_battle_error.register
def _(_error: errors.BattleWithoutStyle, words: Words) -> str:
    return words(
        "A battle is between styles, and `--raw` leaves them out. Write it without `--raw`."
    )


@explain_battle_error.register
def _(error: errors.BattleOfOneStyle, words: Words) -> str:
    return words(
        "Both sides are the style {name}. Name two different ones, or leave one out.",
        name=as_code(error.name),
    )


@explain_battle_error.register
def _(_error: errors.TooFewStyles, words: Words) -> str:
    return words(
        "A battle needs two styles that can be painted in here, and there are not as many."
    )


@explain_battle_error.register
def _(error: errors.TooManyBattles, words: Words) -> str:
    return words(
        "This server has {limit} battles open, as many as there may be. "
        "Wait until one of them closes.",
        limit=error.limit,
    )


@explain_battle_error.register
def _(_error: errors.BattleNotOpen, words: Words) -> str:
    return words("This battle is not open yet: its pictures are on their way. Try again soon.")


@explain_battle_error.register
def _(_error: errors.BattleOver, words: Words) -> str:
    return words("This battle has ended; votes count no more.")


@explain_battle_error.register
def _(_error: errors.OwnBattle, words: Words) -> str:
    return words("Who starts a battle does not vote in it: you may know what was painted in it.")


@explain_battle_error.register
def _(_error: errors.NotYourBattle, words: Words) -> str:
    return words("Only the member who started this battle, or a moderator, can call it off.")
