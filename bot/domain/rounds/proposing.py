"""Whether a style may be proposed in a round."""

from collections.abc import Sequence

from bot.domain.ids import UserId
from bot.domain.preferences.preset import preset_key
from bot.domain.rounds.errors import ProposalExists, ProposalsFull, TooManyOfYours
from bot.domain.rounds.style_round import StyleProposal
from bot.domain.styles.server_style import StyleDraft

MAX_PROPOSALS = 60
"""As many as three menus of a ballot hold, and a member can look at."""

MAX_OF_MEMBER = 2


def check_room(draft: StyleDraft, there: Sequence[StyleProposal], author: UserId) -> None:
    """Let pass a style for which a round has room.

    Raises:
        TooManyOfYours: if the member has proposed two already.
        ProposalsFull: if there are as many as a round takes.
        ProposalExists: if another one has its name.
    """
    proposed = [each for each in there if not each.withdrawn]
    if sum(each.author_id == author for each in proposed) >= MAX_OF_MEMBER:
        raise TooManyOfYours(MAX_OF_MEMBER)
    if len(proposed) >= MAX_PROPOSALS:
        raise ProposalsFull(MAX_PROPOSALS)
    if preset_key(draft.name) in {preset_key(each.draft.name) for each in proposed}:
        raise ProposalExists(draft.name)


def next_number(there: Sequence[StyleProposal]) -> int:
    """The number of the next proposal; those of withdrawn ones are not used again."""
    return max((each.number for each in there), default=0) + 1
