"""The words of `/models` and `/styles`."""

from bot.domain.asking.effects import Setting
from bot.domain.library.browsing import Privacy
from bot.domain.models.image_model import (
    ImageModel,
    PixelSizing,
    PriceList,
    RatioSizing,
    TierSizing,
)
from bot.domain.money import UsdMicros
from bot.text.format import money
from bot.text.quoting import as_code, listed
from bot.text.words import N_, Words

_MOST_LISTED = 10
"""A longer list of ratios or tiers is shortened."""

_PRIVACY: dict[str, str] = {
    Privacy.PRIVATE: N_("private: prompts are not kept"),
    Privacy.ANONYMIZED: N_("anonymized: the provider sees prompts, but not whose they are"),
}


def image_price(price: UsdMicros | None, words: Words) -> str:
    """What one image costs, with its unit; "price unknown" for None."""
    amount = money(words, price)
    return amount if price is None else words("{price} an image", price=amount)


def price_line(prices: PriceList, words: Words) -> str:
    """What an image costs: one price, or from the least to the most."""
    known = sorted(
        {
            *([prices.flat] if prices.flat is not None else []),
            *prices.by_tier.values(),
            *prices.by_tier_and_quality.values(),
        }
    )
    if not known:
        return image_price(None, words)
    if len(known) == 1:
        return image_price(known[0], words)
    return words(
        "{least} to {most} an image, by size and quality",
        least=money(words, known[0]),
        most=money(words, known[-1]),
    )


def sizing_line(model: ImageModel, words: Words) -> str:
    """Which sizes a model takes."""
    match model.sizing:
        case PixelSizing(divisor=divisor, max_side=max_side):
            return words(
                "any size up to {side}×{side} pixels, in steps of {divisor}",
                side=max_side,
                divisor=divisor,
            )
        case RatioSizing(ratios=ratios):
            return words("aspect ratios {ratios}", ratios=_some(ratios))
        case TierSizing(ratios=ratios, tiers=tiers):
            return words(
                "sizes {tiers}; aspect ratios {ratios}", tiers=_some(tiers), ratios=_some(ratios)
            )
        case None:
            return words("the size of the picture it is given")


def limits_line(model: ImageModel, words: Words) -> str:
    """What a model takes at most, and the levels it has."""
    parts = [words("prompts up to {count} characters", count=model.prompt_limit)]
    if model.qualities:
        parts.append(words("quality {levels}", levels=listed(model.qualities)))
    if model.steps_max is not None:
        parts.append(words("up to {count} steps", count=model.steps_max))
    if model.max_style_references:
        parts.append(
            words.plural(
                "{count} style reference",
                "up to {count} style references",
                model.max_style_references,
            )
        )
    return " · ".join(parts)


def privacy_line(model: ImageModel, words: Words) -> str | None:
    """How a model treats prompts, or None if the image service does not say."""
    return words(_PRIVACY[model.privacy]) if model.privacy in _PRIVACY else None


def honours_line(ignored: tuple[Setting, ...], words: Words) -> str:
    """Which options are sure to have an effect on a model, and which are not."""
    honoured = [setting.value for setting in Setting if setting not in ignored]
    if not honoured:
        return words("not sure to heed {ignored}", ignored=listed(ignored))
    if not ignored:
        return words("heeds {honoured}", honoured=listed(honoured))
    return words(
        "heeds {honoured}; not sure to heed {ignored}",
        honoured=listed(honoured),
        ignored=listed(ignored),
    )


def warnings(model: ImageModel, *, offered: bool, words: Words) -> list[str]:
    """What to know before a model is picked."""
    lines = []
    if model.uncensored:
        lines.append(
            words("uncensored")
            if offered
            else words("uncensored: not offered here, where safe mode is on")
        )
    if model.deprecation is not None:
        lines.append(_deprecation(model, words))
    return lines


def models_heading(total: int, words: Words) -> str:
    """How many models there are, or fit."""
    return words.plural("{count} model", "{count} models", total)


def styles_heading(total: int, words: Words) -> str:
    """How many styles there are, or fit."""
    return words.plural("{count} style", "{count} styles", total)


def nothing_fits(words: Words) -> str:
    """For a list that the filters leave nothing of."""
    return words("Nothing fits. Try fewer words or another filter.")


def start_label(words: Words) -> str:
    """The button beside a model or a style."""
    return words("Paint with it")


def modal_title(name: str) -> str:
    """The title over the prompt: what it is painted with, of at most 45 characters (Discord)."""
    return name if len(name) <= _LONGEST_TITLE else f"{name[: _LONGEST_TITLE - 1]}…"


def prompt_label(words: Words) -> str:
    """Over the field of the prompt."""
    return words("What would you like to see?")


_LONGEST_TITLE = 45


def _deprecation(model: ImageModel, words: Words) -> str:
    deprecation = model.deprecation
    assert deprecation is not None  # noqa: S101 - the caller has asked
    when = f"<t:{int(deprecation.removes_at.timestamp())}:D>" if deprecation.removes_at else None
    instead = as_code(deprecation.replacement) if deprecation.replacement else None
    if when and instead:
        return words("will be removed on {when}; {model} takes its place", when=when, model=instead)
    if when:
        return words("will be removed on {when}", when=when)
    if instead:
        return words("will be removed; {model} takes its place", model=instead)
    return words("will be removed")


def _some(values: tuple[str, ...]) -> str:
    shown = listed(values[:_MOST_LISTED])
    return shown if len(values) <= _MOST_LISTED else f"{shown}, …"
