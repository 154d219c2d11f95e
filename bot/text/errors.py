"""The words for every error that a request can end in: what happened, and what to do.

Where money could have been at stake, the presenter adds that nothing was charged.
"""

from functools import singledispatch

from bot.domain import errors, sizing
from bot.domain.asking.permutations import PermutationError
from bot.domain.asking.wish_errors import WishError
from bot.domain.battles.errors import BattleError
from bot.domain.contests.errors import ContestError
from bot.domain.flags import FlagError
from bot.domain.jobs.admission import TurnedAway
from bot.domain.moderation.errors import ModerationError
from bot.domain.quotas.errors import LimitError
from bot.domain.rounds.errors import RoundError
from bot.domain.styles.errors import StyleError
from bot.domain.terms import TermError
from bot.domain.tools.errors import ToolError
from bot.domain.tools.picture_errors import InputPictureError
from bot.text.asking.flag_errors import explain_flag_error
from bot.text.asking.permutation_errors import explain_permutation_error
from bot.text.asking.turned_away import explain_turned_away
from bot.text.asking.wish_errors import explain_wish_error
from bot.text.battles.errors import explain_battle_error
from bot.text.contests.errors import explain_contest_error
from bot.text.format import moment
from bot.text.gate.bars import explain_bar
from bot.text.gate.rules import explain_rule
from bot.text.library.keeping_errors import explain_keeping_error
from bot.text.moderation.errors import explain_moderation_error
from bot.text.moderation.term_errors import explain_term_error
from bot.text.quotas.limit_errors import explain_limit_error
from bot.text.quoting import as_code, listed
from bot.text.rounds.errors import explain_round_error
from bot.text.tools.errors import explain_tool_error
from bot.text.tools.file_errors import explain_original_too_large
from bot.text.tools.picture_errors import explain_picture_error
from bot.text.votes.style_errors import explain_style_error
from bot.text.words import Words


@singledispatch
def explain(error: errors.GondolaError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


explain.register(FlagError, explain_flag_error)
explain.register(PermutationError, explain_permutation_error)
explain.register(errors.KeepingError, explain_keeping_error)
explain.register(StyleError, explain_style_error)
explain.register(RoundError, explain_round_error)
explain.register(BattleError, explain_battle_error)
explain.register(TermError, explain_term_error)
explain.register(ModerationError, explain_moderation_error)
explain.register(ContestError, explain_contest_error)
explain.register(WishError, explain_wish_error)
explain.register(TurnedAway, explain_turned_away)
explain.register(errors.OriginalTooLarge, explain_original_too_large)
explain.register(InputPictureError, explain_picture_error)
explain.register(ToolError, explain_tool_error)


@explain.register
def _(_error: errors.PromptEmpty, words: Words) -> str:
    return words("The prompt is empty. Say what you would like to see.")


@explain.register
def _(error: errors.PromptTooLong, words: Words) -> str:
    return words(
        "The prompt has {length} characters; this model takes {limit}. Please shorten it.",
        length=error.length,
        limit=error.limit,
    )


@explain.register
def _(error: errors.NegativePromptTooLong, words: Words) -> str:
    return words(
        "The negative prompt has {length} characters; this model takes {limit}. Please shorten it.",
        length=error.length,
        limit=error.limit,
    )


@explain.register
def _(error: errors.UnknownModel, words: Words) -> str:
    if error.nearest:
        return words(
            "There is no image model called {name}. Did you mean {nearest}?",
            name=as_code(error.name),
            nearest=listed(error.nearest),
        )
    return words(
        "There is no image model called {name}. Pick one from the list that `model` offers.",
        name=as_code(error.name),
    )


@explain.register
def _(error: errors.ModelOffline, words: Words) -> str:
    if error.nearest:
        return words(
            "{model} is switched off at the image service. Similar: {nearest}.",
            model=as_code(error.model),
            nearest=listed(error.nearest),
        )
    return words(
        "{model} is switched off at the image service. Please pick another model.",
        model=as_code(error.model),
    )


@explain.register
def _(error: errors.UnknownStyle, words: Words) -> str:
    if error.nearest:
        return words(
            "There is no style called {name}. Did you mean {nearest}?",
            name=as_code(error.name),
            nearest=listed(error.nearest),
        )
    return words(
        "There is no style called {name}. Pick one from the list that `style` offers.",
        name=as_code(error.name),
    )


@explain.register
def _(error: errors.UnknownQuality, words: Words) -> str:
    return words(
        "{quality} is no quality of this model. It takes {listed}.",
        quality=as_code(error.quality),
        listed=listed(error.listed),
    )


@explain.register
def _(error: errors.QualityNotTaken, words: Words) -> str:
    return words(
        "{model} has no quality levels. Leave `quality` out, or pick another model.",
        model=as_code(error.model),
    )


@explain.register
def _(error: errors.SeedOutOfRange, words: Words) -> str:
    return words(
        "The seed {seed} is out of range. Seeds go from {lowest} to {highest}; 0 is random.",
        seed=error.seed,
        lowest=error.lowest,
        highest=error.highest,
    )


@explain.register
def _(error: errors.ImageCountOutOfRange, words: Words) -> str:
    return words(
        "{images} images at once cannot be made. One request makes 1 to {highest}.",
        images=error.images,
        highest=error.highest,
    )


@explain.register
def _(_error: errors.NotYours, words: Words) -> str:
    return words("Only the member who asked for this, or a moderator, can do that.")


@explain.register
def _(error: errors.RefusedByRule | errors.ActionDenied, words: Words) -> str:
    if error.bar is not None:
        return explain_bar(error.bar, words)
    return explain_rule(error.rule, words)


@explain.register
def _(
    error: errors.QuotaExceeded | errors.BudgetReached | errors.PriceUnknown | LimitError,
    words: Words,
) -> str:
    return explain_limit_error(error, words)


@explain.register
def _(_error: errors.ResultGone, words: Words) -> str:
    return words("This result was deleted, or the bot no longer knows it.")


@explain.register
def _(_error: errors.PictureGone, words: Words) -> str:
    return words(
        "The bot no longer keeps this picture. If it was painted, its seed, which Details shows, "
        "paints it again."
    )


@explain.register
def _(_error: errors.PictureHidden, words: Words) -> str:
    return words(
        "This picture was reported and is hidden until a moderator has looked at it. "
        "Nothing can be done with it until then."
    )


@explain.register
def _(error: errors.TooManyReports, words: Words) -> str:
    return words.plural(
        "You have reported {count} picture within 24 hours, as many as you may. "
        "You can report again at {when}.",
        "You have reported {count} pictures within 24 hours, as many as you may. "
        "You can report again at {when}.",
        error.limit,
        when=moment(error.next_at),
    )


@explain.register
def _(_error: errors.ResultUnfinished, words: Words) -> str:
    return words("This result is still being written down. Please try again in a moment.")


@explain.register
def _(_error: errors.ReasonEmpty, words: Words) -> str:
    return words("The report has no reason. Say in a few words what is wrong with the picture.")


@explain.register
def _(_error: errors.AlreadyReported, words: Words) -> str:
    return words("You have reported this picture already.")


@explain.register
def _(_error: errors.RecordsOutOfReach, words: Words) -> str:
    return words(
        "The bot's database cannot be used at the moment. Please try again in a few minutes."
    )


@explain.register
def _(_error: errors.NotServing, words: Words) -> str:
    return words("The bot is just starting or stopping. Please try again in a minute.")


@explain.register
def _(error: sizing.AspectMalformed, words: Words) -> str:
    return words(
        "{text} is no aspect ratio. Write it like {examples}.",
        text=as_code(error.text),
        examples=listed(error.examples[:4]),
    )


@explain.register
def _(error: sizing.SizeMalformed, words: Words) -> str:
    return words(
        "{text} is no size. Write pixels like `1280x720`, or a tier like `2K` "
        "where the model has tiers.",
        text=as_code(error.text),
    )


@explain.register
def _(error: sizing.AspectSizeConflict, words: Words) -> str:
    return words(
        "The aspect ratio {aspect} and the size {size} contradict each other. Give only one.",
        aspect=as_code(error.aspect),
        size=error.size,
    )


@explain.register
def _(error: sizing.AspectUnreachable, words: Words) -> str:
    return words(
        "This model cannot paint {aspect}: its sides are at most {max_side} pixels. "
        "Please pick a less extreme ratio.",
        aspect=as_code(error.aspect),
        max_side=error.max_side,
    )


@explain.register
def _(error: sizing.AspectNotTaken, words: Words) -> str:
    return words(
        "This model does not take {aspect} as its aspect ratio. It takes {listed}.",
        aspect=as_code(error.aspect),
        listed=listed(error.listed),
    )


@explain.register
def _(error: sizing.TierNotTaken, words: Words) -> str:
    return words(
        "This model has no tiers such as {tier}. It takes {sizes}.",
        tier=as_code(error.tier),
        sizes=listed(error.sizes),
    )


@explain.register
def _(error: sizing.TierNotListed, words: Words) -> str:
    return words(
        "This model has no tier {tier}. It takes {listed}.",
        tier=as_code(error.tier),
        listed=listed(error.listed),
    )
