"""A vote that a member was told of stands, and tallies are the sums of the votes that stand."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.gate.permissions import Action
from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.voting.span import span_keys
from bot.domain.voting.vote import Credit, Subject, SubjectKind, Tally, Vote, VoteValue, counted
from tests.wire.crash.deeds.votes import VotePress
from tests.wire.crash.findings import Findings
from tests.wire.crash.records import Records
from tests.wire.crash.town import told

_VALUES = {Action.UPVOTE.value: "up", Action.DOWNVOTE.value: "down"}
_SAID = {"You voted for": "up", "You voted against": "down", "is taken back": None}
Standing = str | None


def audit_votes(records: Records, presses: Sequence[VotePress], findings: Findings) -> None:
    """Hold votes and tallies against what members were told."""
    standing = {
        (image_id, user_id): value
        for image_id, user_id, value in records.rows("SELECT image_id, user_id, value FROM votes")
    }
    possible: dict[tuple[str, int], set[Standing]] = {}
    for press in presses:
        vote = (press.image_id, int(press.user_id))
        possible[vote] = _after(possible.get(vote, {None}), press)
    for vote, values in possible.items():
        found = standing.get(vote)
        findings.expect(found in values, f"vote {vote}: {found}, and its member was told {values}")
    strange = standing.keys() - possible.keys()
    findings.expect(not strange, f"votes that nobody cast: {strange}")
    findings.looked_at["votes told to their members"] += sum(
        bool(told(e.interaction)) for e in presses
    )
    findings.looked_at["votes that stand"] += len(standing)
    _audit_tallies(records, findings)


def _after(before: set[Standing], press: VotePress) -> set[Standing]:
    """What a vote may be after a press, of which its member may have heard nothing."""
    said = told(press.interaction)
    if not said:
        pressed = _VALUES[press.kind]
        return before | {None if value == pressed else pressed for value in before}
    return next(({value} for words, value in _SAID.items() if words in said), before)


def _audit_tallies(records: Records, findings: Findings) -> None:
    sums: Counter[tuple[object, ...]] = Counter()
    for vote, credit in _counted(records):
        part = counted(vote, credit)
        for span in span_keys(vote.cast_at):
            key = (vote.guild_id, credit.subject.kind.value, span, credit.subject.key)
            for name in Tally.__slots__:
                sums[(*key, name)] += getattr(part, name)
    names = ", ".join(Tally.__slots__)
    kept: Counter[tuple[object, ...]] = Counter()
    for *key, ups, downs, up_weight, down_weight in records.rows(
        f"SELECT guild_id, kind, span, subject, {names} FROM vote_tallies"  # noqa: S608 - constants
    ):
        for name, value in zip(Tally.__slots__, (ups, downs, up_weight, down_weight), strict=True):
            kept[(*key, name)] = value
    wrong = {key for key in sums.keys() | kept.keys() if sums[key] != kept[key]}
    findings.expect(not wrong, f"tallies that are not the sums of their votes: {wrong}")


def _counted(records: Records) -> list[tuple[Vote, Credit]]:
    """Every vote with each of the things that it counts for."""
    rows = records.rows(
        "SELECT votes.image_id, user_id, guild_id, value, weight, cast_at, held,"
        " kind, subject, owner_id, share, direct FROM votes"
        " JOIN vote_credits ON vote_credits.image_id = votes.image_id"
    )
    return [(_vote(*row[:7]), _credit(*row[7:])) for row in rows]


def _vote(
    image_id: str, user_id: int, guild_id: int, value: str, weight: int, cast_at: str, held: int
) -> Vote:
    return Vote(
        image_id=ImageId(image_id),
        user_id=UserId(user_id),
        guild_id=GuildId(guild_id),
        value=VoteValue(value),
        weight=weight,
        cast_at=datetime.fromisoformat(cast_at).replace(tzinfo=UTC),
        held=bool(held),
    )


def _credit(kind: str, subject: str, owner_id: int, share: int, direct: int) -> Credit:
    return Credit(
        subject=Subject(SubjectKind(kind), subject),
        owner=UserId(owner_id),
        share=share,
        direct=bool(direct),
    )
