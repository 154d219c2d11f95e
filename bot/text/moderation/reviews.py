"""The words of review: for moderators who decide, and for members whose pictures they decide on."""

from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import ChannelId
from bot.domain.jobs.job import Job
from bot.domain.moderation.review import ReviewCase, ReviewState
from bot.text.format import moment
from bot.text.gate.rules import explain_rule
from bot.text.quoting import as_code, as_name, as_plain
from bot.text.words import N_, Words

_DECIDED: dict[ReviewState, str] = {
    ReviewState.WAITING: N_("It waits for a moderator."),
    ReviewState.APPROVED: N_("Approved by {moderator}."),
    ReviewState.REJECTED: N_("Rejected by {moderator}."),
    ReviewState.EXPIRED: N_("Rejected, because nobody decided within 24 hours."),
    ReviewState.WITHDRAWN: N_("The member has deleted it."),
}


def asked_heading(case: ReviewCase, words: Words) -> str:
    """Whose picture waits, and where it is to be shown."""
    member, channel = f"<@{case.user_id}>", f"<#{case.channel_id}>"
    if case.is_appeal:
        return words(
            "{member} appeals: a picture for {channel} is to be looked at once more.",
            member=member,
            channel=channel,
        )
    return words("A picture of {member} for {channel} waits.", member=member, channel=channel)


def facts(case: ReviewCase, job: Job, signals: SafetySignals, words: Words) -> list[str]:
    """The model, what the image service said, the rule, and until when there is time."""
    lines = [
        words("Model: {model}", model=as_name(job.recipe.model_name)),
        words("The image service: {said}", said=signals_said(signals, words)),
        explain_rule(case.rule, words),
        words("Without a decision it is rejected {when}.", when=moment(case.expires_at)),
    ]
    if job.request.private:
        lines.append(words("It was asked for in private: only the member will see it."))
    if case.rejected_by is not None:
        said = words("Rejected before by {moderator}.", moderator=f"<@{case.rejected_by}>")
        lines.append(f"{said} {as_plain(case.reason)}".strip())
    return lines


def signals_said(signals: SafetySignals, words: Words) -> str:
    """What the image service said of a picture."""
    said = []
    if signals.blurred is not None:
        said.append(words("blurred") if signals.blurred else words("not blurred"))
    if signals.content_violation is not None:
        is_violation = signals.content_violation
        said.append(words("a violation") if is_violation else words("no violation"))
    return ", ".join(said) or words("said nothing about safety")


def decided_line(case: ReviewCase, words: Words) -> str:
    """What was decided, by whom and why."""
    said = words(_DECIDED[case.state], moderator=f"<@{case.decided_by}>")
    return f"{said} {as_plain(case.reason)}" if _has_reason(case) else said


def decided_heading(case: ReviewCase, words: Words) -> str:
    """Whose picture it was."""
    return words(
        "A picture of {member} for {channel}.",
        member=f"<@{case.user_id}>",
        channel=f"<#{case.channel_id}>",
    )


def told_member(case: ReviewCase, words: Words, *, can_be_appealed: bool) -> list[str]:
    """That a member's picture is not shown, why, what it cost, and what they can do."""
    channel, when = f"<#{case.channel_id}>", moment(case.held_at)
    if case.state is ReviewState.EXPIRED:
        lines = [
            words(
                "Your picture of {when} for {channel} is not shown: no moderator looked at it "
                "within 24 hours.",
                when=when,
                channel=channel,
            )
        ]
    else:
        lines = [
            words(
                "A moderator decided that your picture of {when} for {channel} is not shown.",
                when=when,
                channel=channel,
            )
        ]
    if _has_reason(case):
        lines.append(words("The reason: {reason}", reason=as_plain(case.reason)))
    lines.append(words("It is not charged to you. Picture: {id}", id=as_code(case.image_id)))
    if can_be_appealed:
        lines.append(
            words("You can appeal once, within 7 days; somebody then looks at it once more.")
        )
    elif case.is_appeal:
        lines.append(words("Your appeal was looked at; this decision is final."))
    return lines


def picture_not_kept(words: Words) -> str:
    """Why there is no picture to decide on."""
    return words("The picture is no longer kept, or too large to be shown here.")


def appealed(words: Words) -> str:
    """What happens after an appeal."""
    return words("Your appeal waits for a moderator. You are told what becomes of it.")


def queue_place(number: int, total: int, words: Words) -> str:
    """Which of the waiting pictures this is."""
    return words("{number} of {total} that wait", number=number, total=total)


def queue_empty(words: Words) -> str:
    """That nothing waits."""
    return words("Nothing waits for your review.")


def reason_title(words: Words, *, strike: bool) -> str:
    """What the form for a reason is called."""
    return words("Reject and strike") if strike else words("Reject the picture")


def reason_label(words: Words) -> str:
    """What is asked for in it."""
    return words("Why? The member reads it.")


def approve_button(words: Words) -> str:
    """Let it be shown."""
    return words("Approve")


def reject_button(words: Words) -> str:
    """Do not let it be shown."""
    return words("Reject")


def strike_button(words: Words) -> str:
    """Do not let it be shown, and count a strike."""
    return words("Reject and strike")


def appeal_button(words: Words) -> str:
    """Have it looked at once more."""
    return words("Appeal")


def asked_here(channel_id: ChannelId, words: Words) -> str:
    """That a channel was chosen."""
    return words(
        "Pictures are reviewed in {channel} from now on; what waits is posted there.",
        channel=f"<#{channel_id}>",
    )


def asked_nowhere(words: Words) -> str:
    """That no channel is chosen any more."""
    return words("Pictures are reviewed in `/moderation queue` alone from now on.")


def trouble(channel_id: ChannelId | None, words: Words) -> str:
    """Why moderators could not be asked, and what to do."""
    if channel_id is None:
        return words(
            "Pictures wait for review, and no review channel is chosen. They wait in "
            "`/moderation queue`; `/server review-channel` chooses a channel. What nobody decides "
            "on within 24 hours is rejected."
        )
    return words(
        "Pictures wait for review, and I cannot post in the review channel {channel}. They wait "
        "in `/moderation queue`; let me view the channel, send messages and attach files there, or "
        "choose another one with `/server review-channel`. What nobody decides on within 24 hours "
        "is rejected.",
        channel=f"<#{channel_id}>",
    )


def _has_reason(case: ReviewCase) -> bool:
    return bool(case.reason) and case.state is ReviewState.REJECTED
