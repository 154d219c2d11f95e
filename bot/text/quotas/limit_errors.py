"""The words for limits and budgets: whose it is, what is left, when it resets, what would fit."""

from functools import singledispatch

from bot.domain import errors
from bot.domain.quotas.errors import (
    LimitError,
    ModelTooDear,
    SlowedDown,
    TooManyAtOnce,
    TooManyInRequest,
)
from bot.text.format import moment, money
from bot.text.quotas.quota import cheaper_models, source_name, window_span
from bot.text.quoting import as_code
from bot.text.words import N_, Words

AnyLimitError = errors.QuotaExceeded | errors.BudgetReached | errors.PriceUnknown | LimitError

_BUDGETS: dict[errors.Budget, str] = {
    errors.Budget.MEMBER: N_(
        "This would cost {cost}, and you have {left} left {span}, until {reset} ({source})."
    ),
    errors.Budget.SERVER: N_(
        "This would cost {cost}, and this server's budget has {left} left {span}, until {reset}."
    ),
    errors.Budget.BOT: N_(
        "This would cost {cost}, and the bot's budget has {left} left {span}, until {reset}."
    ),
}


@singledispatch
def explain_limit_error(error: AnyLimitError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_limit_error.register
def _(error: errors.QuotaExceeded, words: Words) -> str:
    span, source = window_span(error.window, words), source_name(error.source, words)
    if error.left == 0:
        return words.plural(
            "You have made your {count} image {span}. There is more from {reset} ({source}).",
            "You have made your {count} images {span}. There is more from {reset} ({source}).",
            error.limit,
            span=span,
            reset=moment(error.resets_at),
            source=source,
        )
    return words.plural(
        "You have {count} image left {span} and asked for {wanted}. "
        "There is more from {reset} ({source}).",
        "You have {count} images left {span} and asked for {wanted}. "
        "There is more from {reset} ({source}).",
        error.left,
        span=span,
        wanted=error.wanted,
        reset=moment(error.resets_at),
        source=source,
    )


@explain_limit_error.register
def _(error: errors.BudgetReached, words: Words) -> str:
    sentence = words(
        _BUDGETS[error.budget],
        cost=money(words, error.cost_usd_micros),
        left=money(words, error.left_usd_micros),
        span=window_span(error.window, words),
        reset=moment(error.resets_at),
        source=source_name(error.source, words),
    )
    if error.fitting_images:
        fewer = words.plural(
            "{count} image would fit.", "{count} images would fit.", error.fitting_images
        )
        sentence = f"{sentence} {fewer}"
    return sentence + cheaper_models(error.cheaper, words)


@explain_limit_error.register
def _(error: errors.PriceUnknown, words: Words) -> str:
    return words(
        "The image service does not say what {model} costs, and there is a budget to keep. "
        "Please pick another model.",
        model=as_code(error.model),
    )


@explain_limit_error.register
def _(error: TooManyInRequest, words: Words) -> str:
    return words.plural(
        "One request may have {count} image here, and this one has {images} ({source}).",
        "One request may have {count} images here, and this one has {images} ({source}).",
        error.most,
        images=error.images,
        source=source_name(error.source, words),
    )


@explain_limit_error.register
def _(error: TooManyAtOnce, words: Words) -> str:
    return words.plural(
        "You may have {count} image at once, and {open} are not done yet ({source}). "
        "Ask again when they are.",
        "You may have {count} images at once, and {open} are not done yet ({source}). "
        "Ask again when they are.",
        error.most,
        open=error.open_images,
        source=source_name(error.source, words),
    )


@explain_limit_error.register
def _(error: ModelTooDear, words: Words) -> str:
    sentence = words(
        "One image would cost {price}, and none may cost more than {most} ({source}).",
        price=money(words, error.price_usd_micros),
        most=money(words, error.most_usd_micros),
        source=source_name(error.source, words),
    )
    return sentence + cheaper_models(error.cheaper, words)


@explain_limit_error.register
def _(error: SlowedDown, words: Words) -> str:
    sentence = words(
        "This server's budget is nearly spent, so until {reset} no image may cost more than "
        "{most}; this one would cost {price}.",
        reset=moment(error.resets_at),
        most=money(words, error.most_usd_micros),
        price=money(words, error.price_usd_micros),
    )
    return sentence + cheaper_models(error.cheaper, words)
