"""The words for every error that a request can end in: what happened, and what to do.

Where money could have been at stake, the presenter adds that nothing was charged.
"""

from functools import singledispatch

from bot.domain import errors, sizing
from bot.domain.flags import FlagError
from bot.domain.permutations import PermutationError
from bot.domain.rule import Rule
from bot.text.flag_errors import explain_flag_error
from bot.text.format import moment, money
from bot.text.keeping_errors import explain_keeping_error
from bot.text.permutation_errors import explain_permutation_error
from bot.text.quoting import as_code, listed
from bot.text.words import N_, Words

RULES: dict[Rule, str] = {
    Rule.SERVER_NOT_ALLOWED: N_(
        "The operator of this bot has not admitted this server. "
        "Ask the bot's owner to add it to the allowed servers."
    ),
    Rule.SAFE_MODE: N_("Safe mode is on here; only moderators can change that."),
    Rule.CONTENT_VIOLATION: N_("The image service found that this breaks its content rules."),
    Rule.RESULT_PRIVATE: N_(
        "This result is private; only the member who asked for it can do that."
    ),
    Rule.NOT_YOUR_RESULT: N_(
        "Only the member who asked for this result, or a moderator who may manage messages here, "
        "can delete it."
    ),
    Rule.ALREADY_PUBLIC: N_("Everybody can see this picture already."),
    Rule.NOBODY_TO_SHARE_WITH: N_("There is nobody else here to share the picture with."),
}

_BUDGETS: dict[errors.Budget, str] = {
    errors.Budget.MEMBER: N_("This would cost {cost}, and you have {left} left until {reset}."),
    errors.Budget.SERVER: N_(
        "This would cost {cost}, and this server's budget has {left} left until {reset}."
    ),
    errors.Budget.BOT: N_(
        "This would cost {cost}, and the bot's budget has {left} left until {reset}."
    ),
}


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
def _(error: errors.RefusedByRule, words: Words) -> str:
    return words("{reason} Rule: `{rule}`.", reason=words(RULES[error.rule]), rule=error.rule)


@explain.register
def _(error: errors.QuotaExceeded, words: Words) -> str:
    if error.left == 0:
        return words.plural(
            "You have made your {count} image of today. There is more from {reset}.",
            "You have made your {count} images of today. There is more from {reset}.",
            error.limit,
            reset=moment(error.resets_at),
        )
    return words.plural(
        "You have {count} image left today and asked for {wanted}. There is more from {reset}.",
        "You have {count} images left today and asked for {wanted}. There is more from {reset}.",
        error.left,
        wanted=error.wanted,
        reset=moment(error.resets_at),
    )


@explain.register
def _(error: errors.BudgetReached, words: Words) -> str:
    return words(
        _BUDGETS[error.budget],
        cost=money(words, error.cost_usd_micros),
        left=money(words, error.left_usd_micros),
        reset=moment(error.resets_at),
    )


@explain.register
def _(error: errors.PriceUnknown, words: Words) -> str:
    return words(
        "The image service does not say what {model} costs, and there is a budget to keep. "
        "Please pick another model.",
        model=as_code(error.model),
    )


@explain.register
def _(error: errors.ActionDenied, words: Words) -> str:
    return words("{reason} Rule: `{rule}`.", reason=words(RULES[error.rule]), rule=error.rule)


@explain.register
def _(_error: errors.ResultGone, words: Words) -> str:
    return words("This result was deleted, or the bot no longer knows it.")


@explain.register
def _(_error: errors.PictureGone, words: Words) -> str:
    return words(
        "The bot no longer keeps this picture. Its seed, which Details shows, paints it again."
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
