"""Who votes, and what is asked of them wherever they vote."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.gate.permissions import Actor
from bot.domain.voting.taking_part import ANYBODY, Doing, Participant
from bot.domain.voting.vote import Newness
from bot.domain.voting.weight import newness_of, vote_weight
from bot.services.conduct.barring import check_free
from bot.services.ports import Policies
from bot.services.styles.ports import TakingPart


@dataclass(frozen=True, slots=True)
class Voter:
    """Who votes, since when they have an account, and since when they are in the server.

    `who` is what the server's rules of taking part ask of them.
    """

    actor: Actor
    account_since: datetime
    member_since: datetime | None
    who: Participant = ANYBODY

    def weight(self, now: datetime) -> int:
        """What a vote of theirs weighs, in thousandths."""
        return vote_weight(
            now=now, account_since=self.account_since, member_since=self.member_since
        )

    def newness(self, now: datetime) -> Newness:
        """What of them is new."""
        return newness_of(now=now, account_since=self.account_since, member_since=self.member_since)


def check_voter(voter: Voter, policies: Policies, taking_part: TakingPart) -> None:
    """Say from memory whether a member may vote.

    Raises:
        ActionDenied: if they are blocked or paused here.
        NotAmongThem: if the server lets others vote.
    """
    actor = voter.actor
    check_free(policies, actor.user_id, actor.guild_id, actor.channel_id)
    taking_part.check(Doing.VOTE, actor.guild_id, voter.who)
