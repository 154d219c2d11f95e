"""A round goes on to each phase once and tells of it once; what members were told stands."""

import json
from collections import Counter

from tests.wire.crash.deeds.rounds import Rounds, chosen_on
from tests.wire.crash.findings import Findings
from tests.wire.crash.town import Place, Town, told

_PROPOSED = "is proposed"


def audit_rounds(town: Town, rounds: Rounds, findings: Findings, *, nonces_forgotten: bool) -> None:
    """Hold every round against its channel, its proposals and its ballots.

    Args:
        town: where to look.
        rounds: what members did.
        findings: what is found.
        nonces_forgotten: whether Discord may have taken an announcement that was sent again for
            another one.
    """
    scheduled = town.records.scheduled()
    told_of = Counter(each.nonce for each in town.messages(Place.SALON) if each.nonce)
    most = 2 if nonces_forgotten else 1
    for (value,) in town.records.rows("SELECT value FROM style_rounds"):
        found = json.loads(value)
        name, phase = f"round {found['id']}", found["phase"]
        findings.looked_at[f"rounds {phase}"] += 1
        has_next_step = ("round_step", found["id"]) in scheduled
        if phase in {"proposing", "voting", "counting"}:
            findings.expect(has_next_step, f"{name}: {phase} for ever")
        votings, results = told_of[f"{found['id']}-v"], told_of[f"{found['id']}-r"]
        is_voted_on = found["told"] == "voting" or bool(
            found["result"] and found["result"]["ballots"]
        )
        findings.expect(int(is_voted_on) <= votings <= most, f"{name}: vote told {votings} times")
        is_over = phase == "closed"
        findings.expect(int(is_over) <= results <= most, f"{name}: result told {results} times")
        if phase == "voting":
            _audit_ballots(town, found["id"], rounds, findings)
    _audit_proposals(town, rounds, findings)


def _audit_proposals(town: Town, rounds: Rounds, findings: Findings) -> None:
    there = {
        json.loads(value)["name"].casefold()
        for (value,) in town.records.rows("SELECT value FROM round_proposals")
    }
    for each in rounds.proposed:
        if _PROPOSED in told(each.interaction):
            findings.expect(each.key in there, f"proposal {each.key}: told to its member and gone")
    findings.looked_at["proposals that stand"] += len(there)


def _audit_ballots(town: Town, round_id: str, rounds: Rounds, findings: Findings) -> None:
    kept = {
        user_id: json.loads(choices)
        for user_id, choices in town.records.rows(
            "SELECT user_id, choices FROM round_ballots WHERE round_id = ?", round_id
        )
    }
    possible: dict[int, list[list[int]]] = {}
    for each in (each for each in rounds.balloted if each.round_id == round_id):
        before = possible.get(int(each.user_id), [[]])
        shown = [chosen_on(message) for message in each.ballot.messages]
        is_told = [each.number] in shown
        possible[int(each.user_id)] = [[each.number]] if is_told else [*before, [each.number]]
    for user_id, ballots in possible.items():
        found = kept.get(user_id, [])
        findings.expect(
            found in ballots, f"round {round_id}: ballot {found} of {user_id}, told {ballots}"
        )
    findings.looked_at["ballots that stand"] += len(kept)
