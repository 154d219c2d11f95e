"""The words of `/channel`: the rules of a channel, and who decided each of them."""

from collections.abc import Sequence
from typing import TypeVar

from bot.domain.gate.channel_rules import (
    ArtCommand,
    Decided,
    Layer,
    PrivateImages,
    Review,
    UnknownSignals,
)
from bot.domain.gate.pause import Pause
from bot.domain.gate.policy_here import PolicyHere, decided_by
from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, UserId
from bot.text.format import moment
from bot.text.gate.rules import explain_rule
from bot.text.quoting import as_code, as_plain, listed
from bot.text.words import N_, Words

_Value = TypeVar("_Value")
_MOST_NAMED = 8

_BY: dict[Layer, str] = {
    Layer.THREAD: N_("set for the thread"),
    Layer.CHANNEL: N_("set for the channel"),
    Layer.CATEGORY: N_("set for the category"),
    Layer.SERVER: N_("set for the server"),
    Layer.BOT: N_("the bot's own"),
}
_REVIEW: dict[Review, str] = {
    Review.NONE: N_("none"),
    Review.FLAGGED: N_("flagged ones"),
    Review.NEW_MEMBERS: N_("those of new members"),
    Review.ALL: N_("all"),
}
_PRIVATE: dict[PrivateImages, str] = {
    PrivateImages.EVERYBODY: N_("everybody"),
    PrivateImages.MODERATORS: N_("moderators, who may manage messages"),
    PrivateImages.NOBODY: N_("nobody"),
}
_UNKNOWN: dict[UnknownSignals, str] = {
    UnknownSignals.SHOW: N_("shown"),
    UnknownSignals.HOLD: N_("held for review"),
}

_HELD: dict[Rule, str] = {
    Rule.REVIEW_ALL: N_("Moderators see their pictures before others do."),
    Rule.REVIEW_NEW_MEMBERS: N_(
        "Moderators see their pictures before others do, as they joined less than 7 days ago."
    ),
    Rule.REVIEW_FLAGGED: N_("Pictures of theirs that are blurred wait for moderators."),
    Rule.SAFETY_UNKNOWN: N_(
        "Pictures of theirs that are not known to be safe wait for moderators."
    ),
}


def rules_heading(channel_id: ChannelId, words: Words) -> str:
    """Whose rules."""
    return words("The rules of {channel}", channel=f"<#{channel_id}>")


def explained_heading(channel_id: ChannelId, user_id: UserId, words: Words) -> str:
    """Whose rights, and where."""
    return words(
        "What {member} may do in {channel}", member=f"<@{user_id}>", channel=f"<#{channel_id}>"
    )


def rule_lines(here: PolicyHere, words: Words) -> list[str]:
    """Every rule, and who decided it."""
    rules = here.rules
    seconds = rules.slow_mode_s.value
    lines = [
        _line(words("Safe mode"), _on_or_off(rules.safe_mode.value, words), rules.safe_mode, words),
        _line(
            words("Commands"),
            listed(_in_order(rules.commands.value)) or words("none"),
            rules.commands,
            words,
        ),
        _line(words("Models"), _models(here, words), rules.allowed_models, words),
        _line(words("Images in a request"), f"{rules.most_images.value}", rules.most_images, words),
        _line(
            words("Slow mode"),
            words.plural("{count} second", "{count} seconds", seconds) if seconds else words("off"),
            rules.slow_mode_s,
            words,
        ),
        _line(
            words("Private images"),
            words(_PRIVATE[rules.private_images.value]),
            rules.private_images,
            words,
        ),
        _line(words("Review"), words(_REVIEW[rules.review.value]), rules.review, words),
        _line(
            words("Pictures not known to be safe"),
            words(_UNKNOWN[rules.unknown_signals.value]),
            rules.unknown_signals,
            words,
        ),
        _line(words("Spoilers"), _covered(rules.spoilers.value, words), rules.spoilers, words),
    ]
    blocked = words.plural("{count} term", "{count} terms", here.blocked_terms)
    by_server = words(_BY[Layer.SERVER])
    return [*lines, f"**{words('Blocked terms')}**: {blocked} · {by_server}"]


def remarks(here: PolicyHere, words: Words) -> list[str]:
    """What has to be known beside the rules."""
    said = []
    if here.rules.safe_mode_forced:
        said.append(
            words(
                "Safe mode was turned off, and stays on: Discord does not mark this channel as "
                "age-restricted. It goes off when the channel is marked."
            )
        )
    if here.rules.safe_mode.value:
        said.append(words("Uncensored models paint nothing here, as long as safe mode is on."))
    said.append(words("Some requests are forbidden everywhere, and no server can allow them."))
    return said


def member_lines(
    here: PolicyHere, may_hold: Sequence[Rule], words: Words, *, is_moderator: bool
) -> list[str]:
    """What the rules come to for one member, and who decided each of them."""
    rules = here.rules
    private, slow = rules.private_images, rules.slow_mode_s
    may_hide = private.value is PrivateImages.EVERYBODY or (
        is_moderator and private.value is PrivateImages.MODERATORS
    )
    hiding = (
        words("They may make private images.")
        if may_hide
        else words("They may not make private images.")
    )
    lines = [_by(hiding, private, words)]
    if slow.value and is_moderator:
        lines.append(_by(words("As a moderator they need not wait between requests."), slow, words))
    elif slow.value:
        waiting = words.plural(
            "They wait {count} second between two requests.",
            "They wait {count} seconds between two requests.",
            slow.value,
        )
        lines.append(_by(waiting, slow, words))
    return [*lines, *_held_lines(here, may_hold, words)]


def limits_heading(words: Words) -> str:
    """What stands above a member's limits, which are said to them in the same words."""
    return words("Their limits, as `/quota` shows them to them:")


def why_heading(rule: Rule, here: PolicyHere, words: Words) -> str:
    """What the rule says that has refused something, and who decided it."""
    layer = decided_by(rule, here)
    said = explain_rule(rule, words)
    return said if layer is None else f"{said} ({words(_BY[layer])})"


def pause_line(pause: Pause | None, words: Words) -> str:
    """That painting is paused, where, since when and why; empty where it is not."""
    if pause is None:
        return ""
    sentence = words(
        "Painting has been paused since {since}: {where}.",
        since=moment(pause.since),
        where=words(_BY[pause.place.layer])
        if pause.place.layer is not Layer.BOT
        else words("everywhere, by the bot's owner"),
    )
    return f"{sentence} {as_plain(pause.reason)}" if pause.reason else sentence


def pause_answer(words: Words, *, is_new: bool) -> str:
    """What became of a pause."""
    if not is_new:
        return words("That is paused already.")
    return words(
        "Paused. Nothing new is painted; what waits is refunded, and what is being painted is "
        "still shown. `/channel resume` lets it go on."
    )


def resume_answer(words: Words, *, was_paused: bool) -> str:
    """What became of going on."""
    return words("It goes on.") if was_paused else words("That is not paused.")


def _line(name: str, value: str, decided: Decided[_Value], words: Words) -> str:
    return f"**{name}**: {value} · {words(_BY[decided.by])}"


def _by(sentence: str, decided: Decided[_Value], words: Words) -> str:
    return f"{sentence} · {words(_BY[decided.by])}"


def _held_lines(here: PolicyHere, may_hold: Sequence[Rule], words: Words) -> list[str]:
    """Which of a member's pictures wait for moderators."""
    if not may_hold:
        return [words("Their pictures do not wait for moderators.")]
    said = [(words(_HELD[rule]), decided_by(rule, here)) for rule in may_hold]
    return [text if layer is None else f"{text} · {words(_BY[layer])}" for text, layer in said]


def _covered(value: object, words: Words) -> str:
    return words("covered") if value else words("not covered")


def _on_or_off(value: object, words: Words) -> str:
    return words("on") if value else words("off")


def _in_order(commands: frozenset[ArtCommand]) -> list[ArtCommand]:
    return [command for command in ArtCommand if command in commands]


def _models(here: PolicyHere, words: Words) -> str:
    allowed, forbidden = here.rules.allowed_models.value, here.rules.forbidden_models
    said = words("all") if allowed is None else _named(sorted(allowed - forbidden), words)
    if forbidden:
        said = words(
            "{allowed}, but never {forbidden}",
            allowed=said,
            forbidden=_named(sorted(forbidden), words),
        )
    return said


def _named(names: list[str], words: Words) -> str:
    shown = ", ".join(as_code(name) for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    if more > 0:
        return f"{shown}, {words('and {count} more', count=more)}"
    return shown or words("none")
