"""The words for moderators: reports, and the channel in which they are told."""

from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.jobs.job import Job
from bot.domain.moderation.report import Report
from bot.domain.moderation.report_case import OpenCase, Verdict
from bot.text.format import message_link, moment
from bot.text.quoting import as_plain
from bot.text.words import N_, Words

_REASON_SHOWN = 120
_BUTTONS: dict[Verdict, str] = {
    Verdict.RESTORE: N_("Restore"),
    Verdict.REMOVE: N_("Remove"),
    Verdict.STRIKE: N_("Remove and strike"),
}
_DECIDED: dict[Verdict, str] = {
    Verdict.RESTORE: N_(
        "{moderator} keeps the picture of {member}; its reports count as rejected."
    ),
    Verdict.REMOVE: N_("{moderator} has removed the picture of {member}."),
    Verdict.STRIKE: N_("{moderator} has removed the picture of {member} and given a strike."),
}


def heading(report: Report, job: Job, words: Words) -> str:
    """Who reported whose picture."""
    return words(
        "{reporter} reports a picture of {member}.",
        reporter=f"<@{report.user_id}>",
        member=f"<@{job.origin.user_id}>",
    )


def whereabouts(guild_id: GuildId, report: Report, job: Job, words: Words) -> list[str]:
    """Where the picture is, and by what the report is found again."""
    lines = [words("Report {id}", id=f"`{report.id}`")]
    if job.shown is not None:
        lines.insert(0, words("The message: {link}", link=message_link(guild_id, job.shown)))
    return lines


def picture_not_kept(words: Words) -> str:
    """Why there is no picture in the message."""
    return words("The picture is no longer kept, or too large to be shown here.")


def told_here(channel_id: ChannelId, words: Words) -> str:
    """That a channel was chosen."""
    return words("Reports are told in {channel} from now on.", channel=f"<#{channel_id}>")


def told_nowhere(words: Words) -> str:
    """That no channel is chosen any more."""
    return words("Reports are kept and told nowhere from now on.")


def hidden_by_reports(words: Words) -> str:
    """That the picture is hidden until somebody presses one of the buttons."""
    return words("The picture is hidden until you decide.")


def verdict_button(verdict: Verdict, words: Words, *, hidden: bool) -> str:
    """What the button says that decides."""
    if verdict is Verdict.RESTORE and not hidden:
        return words("Keep")
    return words(_BUTTONS[verdict])


def decided(verdict: Verdict, by: UserId, author: UserId, words: Words) -> str:
    """What was decided, and by whom."""
    return words(_DECIDED[verdict], moderator=f"<@{by}>", member=f"<@{author}>")


def case_line(case: OpenCase, words: Words) -> str:
    """A reported picture: whose it is, how many have reported it, why, and where it is."""
    lines = [
        words.plural(
            "{count} member reports a picture of {member} since {when}. First reason: {reason}.",
            "{count} members report a picture of {member} since {when}. First reason: {reason}.",
            case.reports,
            member=f"<@{case.author}>",
            when=moment(case.first_at),
            reason=as_plain(case.reason, _REASON_SHOWN),
        )
    ]
    if case.hidden:
        lines.append(words("It is hidden until you decide."))
    if case.shown is not None:
        lines.append(words("The message: {link}", link=message_link(case.guild_id, case.shown)))
    return " ".join(lines)


def cases_heading(count: int, words: Words, *, more: bool) -> str:
    """How many pictures wait for a decision."""
    if not count:
        return words("No reports are open.")
    if more:
        return words("The reports that have waited longest; there are more behind them.")
    return words("Reports on which nobody has decided:")
