"""Words that members have the bot say to a channel, such as the name of a style or a theme."""

from bot.domain.errors import RefusedByRule
from bot.domain.gate.policy import PolicySnapshot
from bot.domain.gate.rule import Rule
from bot.domain.terms.always_forbidden import is_always_forbidden


def check_words(text: str, policy: PolicySnapshot) -> None:
    """Let pass words that all in the channel may read.

    Raises:
        RefusedByRule: if they hold what is blocked there, or forbidden everywhere.
    """
    if is_always_forbidden(text):
        raise RefusedByRule(Rule.FORBIDDEN_EVERYWHERE)
    if policy.terms.first(text) is not None:
        raise RefusedByRule(Rule.BLOCKED_TERM)
