"""The words of proposing and voting in a round, seen by the member alone."""

from bot.domain.money import UsdMicros
from bot.domain.rounds.counting import MAX_RANKED
from bot.domain.rounds.style_round import Phase, StyleProposal, StyleRound
from bot.domain.voting.vote import FULL_WEIGHT
from bot.text.format import moment, money
from bot.text.quoting import as_code, as_name
from bot.text.rounds.rounds import NAMES_SHOWN
from bot.text.words import N_, Words

_ORDINALS = (N_("1st"), N_("2nd"), N_("3rd"), N_("4th"), N_("5th"))


def proposed(proposal: StyleProposal, words: Words) -> str:
    """That a style is proposed."""
    return words(
        "{name} is proposed. `/style round withdraw` takes it back.",
        name=as_code(proposal.draft.name),
    )


def needs_example(proposal: StyleProposal, words: Words) -> str:
    """That a proposal waits for its example."""
    return words(
        "{name} needs an example picture before it counts. The bot paints the round's theme in "
        "this style, for all to see.",
        name=as_code(proposal.draft.name),
    )


def or_own_picture(words: Words) -> str:
    """The other way to an example."""
    return words(
        "Or take it back with `/style round withdraw`, and propose it with a picture of yours as "
        "`example:`. Nothing was charged so far."
    )


def paint_button(price: UsdMicros | None, words: Words) -> str:
    """The label of the button that paints the example."""
    return words("Paint the example · {price}", price=money(words, price))


def withdrawn(proposal: StyleProposal, words: Words) -> str:
    """That a proposal is taken back."""
    return words("{name} is no longer proposed.", name=as_code(proposal.draft.name))


def phase_ended(style_round: StyleRound, words: Words) -> str:
    """What follows a phase that was ended early."""
    if style_round.phase is Phase.PROPOSING:
        return words("No more proposals are taken. The vote begins in a moment.")
    return words("The vote is over. The result follows in a moment.")


def cancelled(style_round: StyleRound, words: Words) -> str:
    """That a round has ended without a result, as all in the channel see it."""
    return words(
        "The round {theme} was cancelled. It has no result.",
        theme=f"**{as_name(style_round.plan.theme, 100)}**",
    )


def ballot_lines(chosen: tuple[StyleProposal, ...], words: Words, *, is_ranked: bool) -> str:
    """What a member votes for so far."""
    if not chosen:
        return words("You have not voted yet.")
    named = [f"**{as_name(each.draft.name)}**" for each in chosen]
    if is_ranked:
        return "\n".join(f"{at}. {name}" for at, name in enumerate(named, start=1))
    shown = ", ".join(named[:NAMES_SHOWN])
    if len(named) > NAMES_SHOWN:
        shown = f"{shown}, …"
    return words("You vote for {names}.", names=shown)


def ballot_kept(style_round: StyleRound, words: Words) -> str:
    """That every choice counts at once, and until when it can be changed."""
    return words(
        "Each choice is kept at once. You can change it until {moment}. Your own styles are left "
        "out.",
        moment=moment(style_round.phase_ends),
    )


def weight_note(weight: int, words: Words) -> str | None:
    """What a new member's ballot weighs; None where it weighs in full."""
    if weight == FULL_WEIGHT:
        return None
    if weight == 0:
        return words(
            "Your ballot is kept, but weighs nothing yet: your account, or your membership here, "
            "is too new."
        )
    return words("Your ballot weighs half: your account, or your membership here, is new.")


def approve_placeholder(first: int, last: int, words: Words) -> str:
    """What a menu of styles to approve is for."""
    return words("Vote for styles {first} to {last}", first=first, last=last)


def rank_placeholder(place: int, first: int, last: int, words: Words) -> str:
    """What a menu of styles to rank is for."""
    return words(
        "Your {ordinal} choice, of styles {first} to {last}",
        ordinal=words(_ORDINALS[place - 1]),
        first=first,
        last=last,
    )


def ballot_full(words: Words) -> str:
    """That no more styles can be ranked."""
    return words("You have made {count} choices, which is as many as count.", count=MAX_RANKED)


def undo_button(words: Words) -> str:
    """The label of the button that takes the last place back."""
    return words("Undo last")


def unvote_button(words: Words) -> str:
    """The label of the button that takes the ballot back."""
    return words("Take back my ballot")
