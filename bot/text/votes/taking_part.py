"""The words of who may take part in what."""

from functools import singledispatch

from bot.domain.voting.taking_part import (
    Circle,
    CircleKind,
    Doing,
    NotAmongThem,
    Rules,
    RuleUnclear,
    TakingPartError,
)
from bot.text.words import N_, Words

_TO_DO = {
    Doing.PROPOSE: N_("propose styles in rounds"),
    Doing.VOTE: N_("vote on pictures, in battles, in rounds and in contests"),
    Doing.OPEN_ROUNDS: N_("open rounds"),
    Doing.START_BATTLES: N_("start battles"),
    Doing.OPEN_CONTESTS: N_("open contests"),
}


def rules_title(words: Words) -> str:
    """Over the rules."""
    return words("Who may take part here")


def rule_lines(rules: Rules, words: Words) -> list[str]:
    """Every rule, by the name it is set by."""
    return [f"`{doing}`: {_who_may(doing, rules.circle_of(doing), words)}" for doing in Doing]


def rules_hint(words: Words) -> str:
    """What is behind the rules."""
    return words(
        "Whoever manages the server may do all of it. Prizes of contests, and rounds whose winner "
        "becomes a default, are for them alone, whatever the rules say."
    )


def _who_may(doing: Doing, circle: Circle, words: Words) -> str:
    to_do = words(_TO_DO[doing])
    match circle.kind:
        case CircleKind.EVERYBODY:
            return words("Everybody may {do}.", do=to_do)
        case CircleKind.ROLE:
            return words("Members with {role} may {do}.", do=to_do, role=_role(circle))
        case CircleKind.MANAGERS:
            return words("Only who manages the server may {do}.", do=to_do)


@singledispatch
def explain_taking_part_error(error: TakingPartError, words: Words) -> str:
    """One sentence for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_taking_part_error.register
def _(error: NotAmongThem, words: Words) -> str:
    values = {"do": words(_TO_DO[error.doing]), "rule": f"`{error.doing}`"}
    if error.circle.kind is CircleKind.ROLE:
        return words(
            "Only members with the role {role} may {do} here: that is the rule {rule} of "
            "`/style rules`.",
            role=_role(error.circle),
            **values,
        )
    return words(
        "Only members who may manage the server may {do} here: that is the rule {rule} of "
        "`/style rules`.",
        **values,
    )


@explain_taking_part_error.register
def _(_error: RuleUnclear, words: Words) -> str:
    return words("Name a `rule:`, and either `who:` or a `role:` for it. Nothing was changed.")


def _role(circle: Circle) -> str:
    return f"<@&{circle.role_id}>"
