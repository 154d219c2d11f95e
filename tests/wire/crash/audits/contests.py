"""A contest shows each phase once; entries and votes that members were told of stand."""

from collections import Counter

from tests.wire.crash.deeds.contests import Contests, approved_on
from tests.wire.crash.findings import Findings
from tests.wire.crash.town import Place, Town, told

_ENTERED = "Your picture is in the contest"


def audit_contests(
    town: Town, contests: Contests, findings: Findings, *, nonces_forgotten: bool
) -> None:
    """Hold every contest against its channel, its entries and its votes.

    Args:
        town: where to look.
        contests: what members did.
        findings: what is found.
        nonces_forgotten: whether Discord may have taken an announcement that was sent again for
            another one.
    """
    scheduled = town.records.scheduled()
    shown = Counter(f"{each.nonce}".partition("-")[0] for each in town.messages(Place.STAGE))
    there = {int(each.id) for each in town.messages(Place.STAGE)}
    rows = town.records.rows("SELECT id, phase, announced, message_id FROM contests")
    for contest_id, phase, announced, message_id in rows:
        name = f"contest {contest_id}"
        findings.looked_at[f"contests {phase}".replace("_", " ")] += 1
        has_next_step = ("contest_step", contest_id) in scheduled
        if phase in {"submitting", "voting", "counting"} or announced != phase:
            findings.expect(has_next_step, f"{name}: {phase} for ever, {announced} announced")
        if announced is not None:
            findings.expect(message_id in there, f"{name}: its message is gone")
            times = shown[contest_id[:16]]
            most = 2 if nonces_forgotten or announced != phase else 1
            findings.expect(1 <= times <= most, f"{name}: {times} messages stand, {phase}")
    _audit_entries(town, contests, findings)
    _audit_votes(town, contests, findings)
    _audit_prizes(town, findings)


def _audit_prizes(town: Town, findings: Findings) -> None:
    """Each winner has one prize."""
    given = Counter(
        grant_id.rpartition("-")[0] for (grant_id,) in town.records.rows("SELECT id FROM grants")
    )
    won = Counter(
        dict(
            town.records.rows(
                "SELECT contest_id, count(DISTINCT user_id) FROM contest_entries"
                " WHERE place = 1 AND weight > 0 GROUP BY contest_id"
            )
        )
    )
    findings.expect(given == won, f"prizes {given} for winners {won}")


def _audit_entries(town: Town, contests: Contests, findings: Findings) -> None:
    entries = {
        image_id for (image_id,) in town.records.rows("SELECT image_id FROM contest_entries")
    }
    for each in contests.entered:
        if _ENTERED in told(each.interaction):
            findings.expect(each.image_id in entries, f"entry {each.image_id}: told and gone")
    findings.looked_at["entries that stand"] += len(entries)


def _audit_votes(town: Town, contests: Contests, findings: Findings) -> None:
    kept = Counter(
        (int(user_id), f"{contest_id}-{number}")
        for user_id, contest_id, number in town.records.rows(
            "SELECT votes.user_id, votes.contest_id, number FROM contest_approvals AS votes"
            " JOIN contest_entries AS entries ON entries.contest_id = votes.contest_id"
            " AND entries.image_id = votes.image_id"
        )
    )
    pressed = Counter((int(each.user_id), each.target) for each in contests.approved)
    for each in contests.approved:
        vote = (int(each.user_id), each.target)
        is_told = any(each.target in approved_on(message) for message in each.gallery.messages)
        if is_told and pressed[vote] == 1:
            findings.expect(kept[vote] == 1, f"vote {vote} in a contest: told and gone")
    findings.looked_at["votes in contests that stand"] += kept.total()
