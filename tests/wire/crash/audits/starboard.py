"""A picture is on the starboard at most once, and once where it has the votes."""

from collections import Counter

from tests.wire.crash.findings import Findings
from tests.wire.crash.town import Place, Town


def audit_starboard(town: Town, findings: Findings) -> None:
    """Hold what stands there against what is recorded."""
    shown = Counter(
        attachment.filename.removesuffix("-small.webp").rpartition(".")[0] or attachment.filename
        for message in town.messages(Place.STARBOARD)
        for attachment in message.attachments
    )
    waiting = {subject for kind, subject in town.records.scheduled() if kind == "starboard"}
    there = {message.id for message in town.messages(Place.STARBOARD)}
    rows = town.records.rows(
        "SELECT image_id, seed, star_posts.state, message_id FROM star_posts"
        " JOIN images ON images.id = image_id"
    )
    for image_id, seed, state, message_id in rows:
        name = f"star of {image_id}"
        times = shown[f"gondola-{seed or image_id}"]
        findings.expect(times <= 1, f"{name}: {times} times on the starboard")
        if state == "posted":
            findings.expect(times == 1, f"{name}: posted, {times} times on the starboard")
            findings.expect(message_id in there, f"{name}: its message is not there")
        else:
            findings.expect(image_id in waiting, f"{name}: left as {state}")
    messages = [message_id for *_, message_id in rows if message_id is not None]
    findings.expect(
        len(messages) == len(set(messages)), "two stars are recorded as the same message"
    )
    findings.looked_at["pictures on the starboard"] += len(there)
