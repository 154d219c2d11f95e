"""The words before money is spent: what a wish makes, what it costs, what will not count."""

from bot.domain.asking.effects import IgnoredSetting
from bot.domain.money import UsdMicros
from bot.text.asking.effects import explain_ignored
from bot.text.format import money
from bot.text.quoting import as_code, as_plain, listed
from bot.text.words import Words

_MOST_PROMPTS = 5
_PROMPT_LENGTH = 80


def prompts_made(prompts: int, images: int, price: UsdMicros | None, words: Words) -> str:
    """How many prompts the braces make, and what all their images cost at most."""
    values = {"prompts": prompts, "price": money(words, price)}
    return words.plural(
        "The braces make {prompts} prompts: {count} image in all, {price}.",
        "The braces make {prompts} prompts: {count} images in all, {price}.",
        images,
        **values,
    )


def where_results_come(words: Words, *, private: bool) -> str:
    """Where the results of several prompts are shown."""
    if private:
        return words(
            "The first result is shown only to you here; the others come as direct messages."
        )
    return words("Each prompt gets a message of its own in this channel.")


def prompt_lines(prompts: tuple[str, ...], words: Words) -> str:
    """The first of the prompts, and how many more there are."""
    lines = [f"- {as_plain(prompt, _PROMPT_LENGTH)}" for prompt in prompts[:_MOST_PROMPTS]]
    further = len(prompts) - _MOST_PROMPTS
    if further > 0:
        lines.append(f"- {words('and {count} more', count=further)}")
    return "\n".join(lines)


def settings_without_effect(
    ignored: tuple[IgnoredSetting, ...],
    left_out: tuple[str, ...],
    words: Words,
    *,
    model_name: str,
) -> list[str]:
    """What the member gave and will not count, one sentence a line."""
    sentences = explain_ignored(ignored, words, model_name=model_name)
    if left_out:
        sentences.append(
            words(
                "`--raw` paints the prompt as it is; left out: {options}.",
                options=listed(left_out),
            )
        )
    return sentences


def style_references_in_vain(style: str, words: Words, *, model_name: str) -> str:
    """That a style's reference pictures do not guide what the model paints."""
    return words(
        "The style {style} has reference pictures, which {model} does not take: it paints without "
        "them.",
        style=as_code(style),
        model=as_code(model_name),
    )


def nothing_spent_yet(until: str, words: Words) -> str:
    """That nothing is spent without a word, and how long there is for it."""
    return words("Nothing is spent until you press the button. It works until {time}.", time=until)


def confirm_button(images: int, price: UsdMicros | None, words: Words) -> str:
    """What the button says that goes ahead with many images."""
    return words.plural(
        "Paint {count} image · {price}",
        "Paint {count} images · {price}",
        images,
        price=money(words, price),
    )


def paint_anyway_button(price: UsdMicros | None, words: Words) -> str:
    """What the button says that goes ahead although something will not count."""
    return words("Paint anyway · {price}", price=money(words, price))


def confirmed(images: int, words: Words) -> str:
    """That it goes on."""
    return words.plural(
        "Confirmed: {count} image is being painted.",
        "Confirmed: {count} images are being painted.",
        images,
    )


def cancel_all_button(words: Words) -> str:
    """What the button says that cancels every job of a wish."""
    return words("Cancel all")


def all_cancelled(stopped: int, total: int, words: Words) -> str:
    """How many of a wish's jobs could be stopped."""
    if stopped == 0:
        return words("It is too late to cancel: every prompt has come to its end.")
    return words.plural(
        "{count} of {total} prompts is cancelled. What is being painted already will still be "
        "shown; the rest is not charged.",
        "{count} of {total} prompts are cancelled. What is being painted already will still be "
        "shown; the rest is not charged.",
        stopped,
        total=total,
    )
