"""What the house promises of every request, held against what Discord, Venice and the disk say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.jobs.job import TERMINAL_JOB_STATES, ImageState
from sandbox.venice.server import VeniceStandIn
from tests.wire.crash.records import Entry, ImageRecord, JobRecord, Records
from tests.wire.discord import LoopbackDiscord, Message, SentInteraction

GENERATE = "/image/generate"
Painted = tuple[str | None, int | None]
"""What tells one picture from another: its prompt and its seed."""

_NOTHING_CHARGED = "Not charged"
_MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a run."""

    prompt: str
    images: int
    interaction: SentInteraction


@dataclass(frozen=True, slots=True)
class World:
    """Where to look."""

    discord: LoopbackDiscord
    venice: VeniceStandIn
    records: Records


@dataclass(slots=True)
class Findings:
    """What an audit found: the promises that were broken, and counts of how images ended.

    `billed_and_lost` are images that Venice charged and no record has; of them `answered` had
    been answered when the bot was killed: they were lost between Venice's answer and the record.
    """

    broken: list[str] = field(default_factory=list)
    unheard: int = 0
    unwritten: int = 0
    jobs: int = 0
    images: Counter[str] = field(default_factory=Counter)
    billed_and_lost: int = 0
    answered_and_lost: int = 0

    def expect(self, promise: bool, what: str) -> None:
        """Note a promise that was broken."""
        if not promise:
            self.broken.append(what)


def answered_by(venice: VeniceStandIn) -> frozenset[Painted]:
    """What Venice has answered so far. It notes an answer just before its first byte leaves."""
    return frozenset(
        (each.prompt, each.seed)
        for each in venice.requests
        if each.route == GENERATE and each.status is not None
    )


def audit(
    world: World, asked: Sequence[Asked], *, tokens_expired: bool, answered: frozenset[Painted]
) -> Findings:
    """Hold every promise against what is there once all jobs have ended.

    Args:
        world: where to look.
        asked: the requests of the run.
        tokens_expired: whether the interactions' tokens died while the bot was down.
        answered: what Venice had answered when the bot was killed.
    """
    findings = Findings()
    auditor = _Auditor(world, findings, tokens_expired=tokens_expired, answered=answered)
    for each in asked:
        auditor.request(each)
    auditor.accounts()
    auditor.store()
    return findings


class _Auditor:
    def __init__(
        self,
        world: World,
        findings: Findings,
        *,
        tokens_expired: bool,
        answered: frozenset[Painted],
    ) -> None:
        self._findings = findings
        self._tokens_expired = tokens_expired
        self._records = world.records
        self._jobs = world.records.jobs()
        self._entries = world.records.entries()
        self._messages = _all_messages(world.discord)
        self._painted = Counter(
            (each.prompt, each.seed) for each in world.venice.requests if each.route == GENERATE
        )
        self._billed = {
            (each.prompt, each.seed)
            for each in world.venice.requests
            if each.route == GENERATE and each.billed
        }
        self._answered = answered

    def request(self, asked: Asked) -> None:
        """One request: not heard of, not written, or a job that has come to its end."""
        job = self._jobs.get(asked.prompt)
        if job is not None:
            self._findings.jobs += 1
            self._job(asked, job)
            return
        if asked.interaction.interaction.acknowledgement is None:
            self._findings.unheard += 1
        else:
            self._findings.unwritten += 1
        sent = [key for key in self._painted if key[0] == asked.prompt]
        self._findings.expect(not sent, f"{asked.prompt}: painted without a record")
        self._findings.expect(
            not self._pictures_of(asked), f"{asked.prompt}: shown without a record"
        )

    def _job(self, asked: Asked, job: JobRecord) -> None:
        expect = self._findings.expect
        expect(job.state in TERMINAL_JOB_STATES, f"{asked.prompt}: ended as {job.state}")
        expect(len(job.images) == asked.images, f"{asked.prompt}: has {len(job.images)} images")
        delivered = [each for each in job.images if each.state is ImageState.DELIVERED]
        shown = self._pictures_of(asked)
        expect(
            shown == len(delivered),
            f"{asked.prompt}: {len(delivered)} images delivered, {shown} pictures shown",
        )
        if len(delivered) < len(job.images):
            expect(job.has_notice or self._told(asked), f"{asked.prompt}: its member was not told")
        for image in job.images:
            self._image(asked, image)

    def _image(self, asked: Asked, image: ImageRecord) -> None:
        key = (asked.prompt, image.seed)
        name = f"{asked.prompt}, seed {image.seed}"
        expect = self._findings.expect
        self._findings.images[image.state.value] += 1
        expect(self._painted[key] <= 1, f"{name}: sent to Venice {self._painted[key]} times")
        closings = {
            entry.account_kind: entry.kind
            for entry in self._entries.get(image.id, ())
            if entry.kind != "reserve"
        }
        expect(_is_closed_once(self._entries.get(image.id, ())), f"{name}: not closed once")
        if image.state is ImageState.DELIVERED:
            expect(self._painted[key] == 1, f"{name}: delivered and never painted")
            expect(set(closings.values()) == {"settle"}, f"{name}: delivered, {closings}")
        else:
            expect(closings.get(_MEMBER) == "release", f"{name}: charged to its member")
        if image.state is ImageState.LOST:
            others = {kind for account, kind in closings.items() if account != _MEMBER}
            expect(others == {"settle"}, f"{name}: lost, {closings}")
            self._findings.billed_and_lost += key in self._billed
            self._findings.answered_and_lost += key in self._answered

    def accounts(self) -> None:
        """The ledger balances, and nothing is reserved any more."""
        wrong = self._records.wrong_balances()
        self._findings.expect(not wrong, f"the ledger does not balance: {wrong}")

    def store(self) -> None:
        """The image store holds what the records name and nothing else."""
        named = {
            image.sha256 for job in self._jobs.values() for image in job.images if image.sha256
        }
        stored = set(self._records.stored())
        self._findings.expect(stored >= named, f"{len(named - stored)} named pictures are gone")
        self._findings.expect(stored <= named, f"{len(stored - named)} pictures without a record")

    def _pictures_of(self, asked: Asked) -> int:
        """How many pictures of a request a member sees."""
        mine = [each for each in self._messages if _mentions(each, asked) and each.attachments]
        if self._tokens_expired and len(mine) > 1:
            # Half-finished pictures under a token that has died cannot be taken back.
            mine = [each for each in mine if each.id != asked.interaction.interaction.original_id]
        return sum(len(each.attachments) for each in mine)

    def _told(self, asked: Asked) -> bool:
        return any(
            _mentions(each, asked) and _NOTHING_CHARGED in "\n".join(each.texts)
            for each in self._messages
        )


def _is_closed_once(entries: Sequence[Entry]) -> bool:
    opened = Counter(entry.account_kind for entry in entries if entry.kind == "reserve")
    closed = Counter(entry.account_kind for entry in entries if entry.kind != "reserve")
    return bool(opened) and opened == closed and set(opened.values()) == {1}


def _mentions(message: Message, asked: Asked) -> bool:
    return asked.prompt in "\n".join(message.texts)


def _all_messages(discord: LoopbackDiscord) -> tuple[Message, ...]:
    members = discord.world.guild.members
    direct = [discord.direct_channel(each.user.id) for each in members]
    channels = (*discord.world.guild.channels, *direct)
    return tuple(message for channel in channels for message in discord.messages(channel))
