"""The words of the checks on votes: why a tally is what it is, held votes, withdrawn votes."""

from collections.abc import Sequence

from babel.numbers import format_percent

from bot.domain.voting.explanation import StyleExplanation
from bot.domain.voting.holding import BURST_WITHIN, HoldNotice, HoldState
from bot.domain.voting.vote import MemberVotes, Newness, SubjectKind, Vote, VoteValue
from bot.domain.voting.weight import HALF_WEIGHT
from bot.text.format import message_link, moment
from bot.text.quoting import as_code, as_name
from bot.text.votes.styles import votes_line
from bot.text.words import N_, Words

_MOST_MEMBERS = 20

_NEWNESS: dict[Newness | None, str] = {
    Newness.NONE: N_("for no reason on record"),
    Newness.ACCOUNT: N_("new account"),
    Newness.MEMBERSHIP: N_("new member"),
    Newness.BOTH: N_("new account and new member"),
    None: N_("voted before reasons were kept"),
}


def explanation_title(explanation: StyleExplanation, words: Words) -> str:
    """Of which style."""
    return words("The votes for {style}", style=as_name(explanation.name))


def explanation_lines(explanation: StyleExplanation, words: Words) -> list[str]:
    """The tally, what it is made of, and what it comes to."""
    if explanation.tally.is_empty and not explanation.held:
        return [words("Nobody has voted for a picture in this style yet.")]
    votes = explanation.tally.ups + explanation.tally.downs
    lines = [
        words.plural(
            "{count} vote in all: {votes}",
            "{count} votes in all: {votes}",
            votes,
            votes=votes_line(explanation.tally),
        ),
        words.plural("{count} counts fully", "{count} count fully", explanation.full),
        *_lighter(explanation, words),
    ]
    descendants = explanation.on_descendants
    if not descendants.is_empty:
        lines.append(
            words.plural(
                "{count} of them on a picture made from another one: {votes}",
                "{count} of them on pictures made from others: {votes}",
                descendants.ups + descendants.downs,
                votes=votes_line(descendants),
            )
        )
    if explanation.held:
        lines.append(
            words.plural(
                "{count} more is held until moderators decide, and counts for nothing",
                "{count} more are held until moderators decide, and count for nothing",
                explanation.held,
            )
        )
    return [*lines, *_standing(explanation, words)]


def how_it_counts(words: Words) -> str:
    """The rules behind the numbers."""
    return words(
        "Accounts count half until they are 30 days old and not at all until they are 7, members "
        "half until they have been here for 7 days and not at all on the first. Nobody's vote "
        "counts for pictures of their own."
    )


def hold_heading(notice: HoldNotice, words: Words) -> str:
    """What happened."""
    return words.plural(
        "{count} new member voted within {minutes} minutes",
        "{count} new members voted within {minutes} minutes",
        len(notice.members),
        minutes=int(BURST_WITHIN.total_seconds()) // 60,
    )


def hold_lines(notice: HoldNotice, words: Words) -> list[str]:
    """For what, how, and who."""
    return [*_what_for(notice, words), votes_given(notice.votes), _who(notice, words)]


def hold_explained(words: Words) -> str:
    """What holding means."""
    return words(
        "Their votes are held: they count for nothing until a moderator decides. So do further "
        "votes by new members for the same."
    )


def hold_reminder(notice: HoldNotice, words: Words) -> str:
    """That moderators were asked before."""
    return words(
        "These votes have waited since {since}. I ask about them no more.",
        since=moment(notice.hold.since),
    )


def count_button(words: Words) -> str:
    """What the button says by which the votes count."""
    return words("Count them")


def drop_button(words: Words) -> str:
    """What the button says by which the votes go."""
    return words("Drop them")


def decided(notice: HoldNotice, moderator: int, words: Words) -> str:
    """What became of held votes."""
    if notice.hold.state is HoldState.COUNTED:
        return words.plural(
            "{member} has let {count} vote count.",
            "{member} has let {count} votes count.",
            len(notice.votes),
            member=f"<@{moderator}>",
        )
    return words.plural(
        "{member} has dropped {count} vote.",
        "{member} has dropped {count} votes.",
        len(notice.votes),
        member=f"<@{moderator}>",
    )


def withdrawal_question(found: MemberVotes, words: Words) -> str:
    """What would be taken back."""
    return words.plural(
        "{member} has voted on {count} picture of this server. Withdrawing the vote cannot be "
        "undone.",
        "{member} has voted on {count} pictures of this server. Withdrawing the votes cannot be "
        "undone.",
        found.votes,
        member=f"<@{found.user_id}>",
    )


def withdraw_button(found: MemberVotes, words: Words) -> str:
    """What the button says that takes them back."""
    return words.plural("Withdraw {count} vote", "Withdraw {count} votes", found.votes)


def withdrawn(found: MemberVotes, words: Words) -> str:
    """What was taken back."""
    return words.plural(
        "{count} vote of {member} is withdrawn, and every tally is without it.",
        "{count} votes of {member} are withdrawn, and every tally is without them.",
        found.votes,
        member=f"<@{found.user_id}>",
    )


def votes_given(votes: Sequence[Vote]) -> str:
    """How many of them are for and against."""
    ups = sum(vote.value is VoteValue.UP for vote in votes)
    return f"👍 {ups} · 👎 {len(votes) - ups}"


def _lighter(explanation: StyleExplanation, words: Words) -> list[str]:
    return [
        *(
            words.plural(
                "{count} counts half: {reason}",
                "{count} count half: {reason}",
                votes,
                reason=words(_NEWNESS[newness]),
            )
            for newness, votes in explanation.lighter(HALF_WEIGHT)
        ),
        *(
            words.plural(
                "{count} counts for nothing: {reason}",
                "{count} count for nothing: {reason}",
                votes,
                reason=words(_NEWNESS[newness]),
            )
            for newness, votes in explanation.lighter(0)
        ),
    ]


def _standing(explanation: StyleExplanation, words: Words) -> list[str]:
    score = format_percent(explanation.tally.score, format="0.0 %", locale=words.locale)
    lines = [
        words("By a confidence of 95 %, at least {share} like it", share=score),
    ]
    rank = explanation.rank
    if rank is None:
        return [*lines, words("Not ranked: no vote that counts speaks for it")]
    return [
        *lines,
        words("By that it is number {place} of {count} styles", place=rank.place, count=rank.of),
    ]


def _what_for(notice: HoldNotice, words: Words) -> list[str]:
    subject = notice.hold.subject
    match subject.kind:
        case SubjectKind.STYLE:
            return [words("For pictures in the style {style}", style=as_code(notice.style or ""))]
        case SubjectKind.MEMBER:
            return [words("For pictures of {member}", member=f"<@{subject.key}>")]
        case _ if notice.shown is not None:
            link = message_link(notice.hold.guild_id, notice.shown)
            return [words("For a picture: {link}", link=link)]
        case _:
            return [words("For a picture")]


def _who(notice: HoldNotice, words: Words) -> str:
    members = notice.members
    named = ", ".join(f"<@{user_id}>" for user_id in members[:_MOST_MEMBERS])
    further = len(members) - _MOST_MEMBERS
    if further > 0:
        named = f"{named}, {words('and {count} more', count=further)}"
    return words("By {members}", members=named)
