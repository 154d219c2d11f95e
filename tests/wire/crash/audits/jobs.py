"""What the house promises of every request, held against what Discord, Venice and the disk say."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.domain.jobs.job import TERMINAL_JOB_STATES, ImageState, JobState
from sandbox.venice.journal import ReceivedRequest
from tests.wire.crash.asked import Asked
from tests.wire.crash.findings import Findings
from tests.wire.crash.records import Entry, ImageRecord, JobRecord
from tests.wire.crash.town import SHOWN_AGAIN, Place, Town
from tests.wire.discord import Message

GENERATE = "/image/generate"
TOOLS = frozenset({"/image/edit", "/image/upscale", "/image/background-remove"})
Painted = str
"""What tells one picture from another for who sees only what is sent to Venice."""

_NOTHING_CHARGED = "Not charged"
_MEMBER = "member"
_ENDED = TERMINAL_JOB_STATES | {JobState.HELD}


def answered_by(requests: Iterable[ReceivedRequest]) -> frozenset[Painted]:
    """What Venice has answered so far. It notes an answer just before its first byte leaves."""
    return frozenset(painted_by(each) for each in _paintings(requests) if each.status is not None)


def painted_by(request: ReceivedRequest) -> Painted:
    """A painting by its prompt and its seed, a picture that was worked on by itself."""
    if request.route == GENERATE:
        return f"{request.prompt}, seed {request.seed}"
    return _worked_on(
        (each.sha256 for each in request.files), request.prompt, request.body.get("scale")
    )


class JobAuditor:
    """Holds the requests of one run against what is there once all jobs have ended.

    Args:
        town: where to look.
        requests: what Venice received.
        findings: what is found.
        tokens_expired: whether the interactions' tokens died while the bot was down.
        answered: what Venice had answered when the bot was killed.
    """

    def __init__(
        self,
        town: Town,
        requests: Sequence[ReceivedRequest],
        findings: Findings,
        *,
        tokens_expired: bool,
        answered: frozenset[Painted],
    ) -> None:
        self._findings = findings
        self._tokens_expired = tokens_expired
        self._records = town.records
        self._jobs = town.records.jobs()
        self._messages = _members_messages(town)
        self._painted = Counter(painted_by(each) for each in _paintings(requests))
        self._billed = {painted_by(each) for each in _paintings(requests) if each.billed}
        self._answered = answered
        self._reviewed = {
            image_id for (image_id,) in town.records.rows("SELECT image_id FROM reviews")
        }

    def request(self, asked: Asked) -> None:
        """One request: not heard of, not written, or a job that has come to its end."""
        job = self._jobs.get(asked.key)
        if job is not None:
            self._findings.jobs += 1
            self._job(asked, job)
            return
        if asked.interaction.interaction.acknowledgement is None:
            self._findings.unheard += 1
        else:
            self._findings.unwritten += 1
        if asked.words is not None:
            sent = [each for each in self._painted if asked.words in each]
            self._findings.expect(not sent, f"{asked.name}: painted without a record")
        shown = sum(len(each.attachments) for each in self._messages_of(asked, None))
        self._findings.expect(not shown, f"{asked.name}: shown without a record")

    def _job(self, asked: Asked, job: JobRecord) -> None:
        expect = self._findings.expect
        expect(job.state in _ENDED, f"{asked.name}: ended as {job.state}")
        expect(len(job.images) == asked.images, f"{asked.name}: has {len(job.images)} images")
        delivered = [each for each in job.images if each.state is ImageState.DELIVERED]
        shown = self._pictures_of(asked, job)
        expect(
            shown == len(delivered),
            f"{asked.name}: {len(delivered)} images delivered, {shown} pictures shown",
        )
        # Of what moderators kept back the member is told by themselves, or at the next command.
        lost = [each for each in job.images if each.state not in _TOLD_OTHERWISE]
        if any(each.id not in self._reviewed for each in lost):
            expect(job.has_notice or self._told(asked, job), f"{asked.name}: nobody was told")
        for image in job.images:
            self._image(asked, job, image)

    def _image(self, asked: Asked, job: JobRecord, image: ImageRecord) -> None:
        key, name = _painting_of(job, image), f"{asked.name}, {image.id}"
        expect = self._findings.expect
        self._findings.images[image.state.value] += 1
        expect(self._painted[key] <= 1, f"{name}: sent to Venice {self._painted[key]} times")
        if image.state in {ImageState.DELIVERED, ImageState.HELD}:
            expect(self._painted[key] == 1, f"{name}: {image.state} and never painted")
        if image.state is ImageState.LOST:
            self._findings.billed_and_lost += key in self._billed
            self._findings.answered_and_lost += key in self._answered

    def accounts(self) -> None:
        """Every image there is is closed once on each account, by who is to bear it.

        The ledger balances, and only what is held is still reserved.
        """
        entries, images = self._records.entries(), self._records.images()
        for image in images:
            self._closing(image, entries.get(image.id, ()))
        wrong = self._records.wrong_balances()
        self._findings.expect(not wrong, f"the ledger does not balance: {wrong}")
        held = sum(image.state is ImageState.HELD for image in images)
        reserved = self._records.reserved_images()
        self._findings.expect(reserved == held, f"{reserved} images reserved, {held} held")

    def _closing(self, image: ImageRecord, entries: Sequence[Entry]) -> None:
        expect, name = self._findings.expect, f"image {image.id}"
        opened = Counter(each.account_kind for each in entries if each.kind == "reserve")
        closed = Counter(each.account_kind for each in entries if each.kind != "reserve")
        expect(set(opened.values()) == {1}, f"{name}: opened {opened}")
        if image.state is ImageState.HELD:
            expect(not closed, f"{name}: held and closed")
            return
        expect(opened == closed, f"{name}: opened {opened}, closed {closed}")
        closings = {each.account_kind: each.kind for each in entries if each.kind != "reserve"}
        others = {kind for account, kind in closings.items() if account != _MEMBER}
        if image.state is ImageState.DELIVERED:
            expect(set(closings.values()) == {"settle"}, f"{name}: delivered, {closings}")
        else:
            expect(closings.get(_MEMBER) == "release", f"{name}: charged to its member")
        if image.state is ImageState.LOST:
            expect(others == {"settle"}, f"{name}: lost, {closings}")

    def store(self) -> None:
        """The image store holds what the records name and nothing else."""
        named = {image.sha256 for image in self._records.images() if image.sha256}
        stored = set(self._records.stored())
        self._findings.expect(stored >= named, f"{len(named - stored)} named pictures are gone")
        self._findings.expect(stored <= named, f"{len(stored - named)} pictures without a record")

    def _pictures_of(self, asked: Asked, job: JobRecord) -> int:
        """How many pictures of a request a member sees."""
        mine = [each for each in self._messages_of(asked, job) if each.attachments]
        if self._tokens_expired and len(mine) > 1:
            # Half-finished pictures under a token that has died cannot be taken back.
            mine = [each for each in mine if each.id != asked.interaction.interaction.original_id]
        return sum(len(each.attachments) for each in mine)

    def _told(self, asked: Asked, job: JobRecord) -> bool:
        return any(
            _NOTHING_CHARGED in "\n".join(each.texts) for each in self._messages_of(asked, job)
        )

    def _messages_of(self, asked: Asked, job: JobRecord | None) -> list[Message]:
        """Those that answer it, that carry its words, and that were sent under its job's name."""
        return [
            each
            for each in self._messages
            if (each.origin is not None and each.origin.interaction_id == asked.interaction.id)
            or (asked.words is not None and asked.words in "\n".join(each.texts))
            or (job is not None and f"{each.nonce}".startswith(job.id))
        ]


_TOLD_OTHERWISE = frozenset({ImageState.DELIVERED, ImageState.HELD})


def _painting_of(job: JobRecord, image: ImageRecord) -> Painted:
    if job.inputs:
        return _worked_on(job.inputs, job.prompt, job.scale)
    return f"{job.prompt}, seed {image.seed}"


def _worked_on(pictures: Iterable[str], prompt: str | None, scale: object) -> Painted:
    """What is neither changed by a prompt nor made larger is cut out."""
    larger = float(f"{scale}") if scale else None
    return f"{' and '.join(pictures)}, {prompt or larger or 'cut out'}"


def _paintings(requests: Iterable[ReceivedRequest]) -> Iterable[ReceivedRequest]:
    return (each for each in requests if each.route == GENERATE or each.route in TOOLS)


def _members_messages(town: Town) -> tuple[Message, ...]:
    """Where results stand: in channels, and in members' direct messages."""
    discord = town.discord
    direct = [discord.direct_channel(each.user.id) for each in discord.world.guild.members]
    channels = [town.channel(place) for place in Place if place not in SHOWN_AGAIN]
    return tuple(each for channel in (*channels, *direct) for each in discord.messages(channel))
