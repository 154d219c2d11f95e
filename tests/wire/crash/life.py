"""All that goes on in the town beside painting, and the audit of it."""

import random
from collections.abc import Sequence
from contextlib import AbstractContextManager

from sandbox.venice.journal import ReceivedRequest
from tests.wire.crash.asked import Asked
from tests.wire.crash.audits.battles import audit_battles
from tests.wire.crash.audits.contests import audit_contests
from tests.wire.crash.audits.jobs import JobAuditor, Painted
from tests.wire.crash.audits.reviews import audit_reviews
from tests.wire.crash.audits.rounds import audit_rounds
from tests.wire.crash.audits.starboard import audit_starboard
from tests.wire.crash.audits.votes import audit_votes
from tests.wire.crash.deeds.battles import Battles
from tests.wire.crash.deeds.contests import Contests
from tests.wire.crash.deeds.deed import Deed, going_on
from tests.wire.crash.deeds.reviews import Reviews
from tests.wire.crash.deeds.rounds import Rounds
from tests.wire.crash.deeds.tools import Tools
from tests.wire.crash.deeds.votes import Votes
from tests.wire.crash.findings import Findings
from tests.wire.crash.plan import Plan
from tests.wire.crash.town import Town


class Life:
    """Image tools, votes, reviews, battles, rounds and contests."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._votes = Votes(town)
        self._battles = Battles(town)
        self._rounds = Rounds(town)
        self._contests = Contests(town)
        self._deeds: tuple[Deed, ...] = (
            self._votes,
            self._battles,
            self._rounds,
            self._contests,
            Reviews(town),
            Tools(town),
        )
        self._nonces_forgotten = False

    async def begin(self) -> None:
        """Set the server up."""
        for deed in self._deeds:
            await deed.begin()

    def going_on(self, chance: random.Random) -> AbstractContextManager[None]:
        """All of it at once, until the end of the block."""
        return going_on(self._deeds, chance)

    def take_asked(self) -> list[Asked]:
        """What was asked to be painted since this was called last."""
        taken = [asked for deed in self._deeds for asked in deed.asked]
        for deed in self._deeds:
            deed.asked.clear()
        return taken

    def audit(
        self,
        plan: Plan,
        asked: Sequence[Asked],
        requests: Sequence[ReceivedRequest],
        answered: frozenset[Painted],
    ) -> Findings:
        """Hold every promise against what is there once nothing is to be done any more.

        Args:
            plan: of the run.
            asked: its requests.
            requests: what Venice received.
            answered: what Venice had answered when the bot was killed.
        """
        findings = Findings()
        self._nonces_forgotten |= plan.tokens_expire
        jobs = JobAuditor(
            self._town,
            requests,
            findings,
            tokens_expired=plan.tokens_expire,
            answered=answered,
        )
        for each in asked:
            jobs.request(each)
        jobs.accounts()
        jobs.store()
        forgotten = self._nonces_forgotten
        audit_votes(self._town.records, self._votes.presses, findings)
        audit_starboard(self._town, findings)
        audit_reviews(self._town, findings, nonces_forgotten=forgotten)
        audit_battles(self._town, self._battles.presses, findings)
        audit_rounds(self._town, self._rounds, findings, nonces_forgotten=forgotten)
        audit_contests(self._town, self._contests, findings, nonces_forgotten=forgotten)
        return findings
