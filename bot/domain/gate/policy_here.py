"""All that holds in one channel, for showing it."""

from dataclasses import dataclass

from bot.domain.gate.channel_rules import ChannelRules, Layer
from bot.domain.gate.pause import Pause
from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId


@dataclass(frozen=True, slots=True)
class PolicyHere:
    """The rules of a channel, the pause that holds there, and how many terms are blocked.

    `age_restricted` is whether Discord marks it so.
    """

    channel_id: ChannelId
    rules: ChannelRules
    pause: Pause | None
    blocked_terms: int
    age_restricted: bool = False


def decided_by(rule: Rule, here: PolicyHere) -> Layer | None:
    """Where a rule of the gate was decided; None if in more than one place, or nowhere now."""
    rules = here.rules
    # Every level may forbid models; only the list of allowed ones has a single source.
    models = None if rules.forbidden_models else rules.allowed_models.by
    layers: dict[Rule, Layer | None] = {
        Rule.SAFE_MODE: rules.safe_mode.by,
        Rule.UNCENSORED_MODEL: rules.safe_mode.by,
        Rule.PICTURE_NOT_KNOWN_SAFE: rules.safe_mode.by,
        Rule.COMMAND_NOT_ALLOWED: rules.commands.by,
        Rule.TOO_MANY_IMAGES: rules.most_images.by,
        Rule.PRIVATE_IMAGES: rules.private_images.by,
        Rule.REVIEW_ALL: rules.review.by,
        Rule.REVIEW_FLAGGED: rules.review.by,
        Rule.REVIEW_NEW_MEMBERS: rules.review.by,
        Rule.SAFETY_UNKNOWN: rules.unknown_signals.by,
        Rule.PAUSED: None if here.pause is None else here.pause.place.layer,
        Rule.BLOCKED_TERM: Layer.SERVER,
        Rule.MODEL_NOT_ALLOWED: models,
    }
    return layers.get(rule, Layer.BOT)
