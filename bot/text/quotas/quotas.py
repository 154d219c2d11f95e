"""The words of `/quotas`: what is set, what is granted, what holds for a member."""

from collections.abc import Iterator

from bot.domain.money import UsdMicros
from bot.domain.quotas.grants import Grant, GrantTarget
from bot.domain.quotas.limit_fields import cap_field, holding_in, said_in
from bot.domain.quotas.limits import (
    OF_THE_BOT,
    Unit,
)
from bot.domain.quotas.overview import Explanation, ServerOverview
from bot.domain.quotas.quota import QuotaLine
from bot.domain.quotas.server_quota import BudgetLine
from bot.text.format import moment, money
from bot.text.quotas.limits import (
    Present,
    all_said,
    as_many_as_fit,
    ceiling,
    field_name,
    holding,
    place_or_deleted,
    source_name,
)
from bot.text.quoting import as_plain
from bot.text.words import Words

_LIMITS_SHOWN = 2_000
"""Characters of `/quotas show` for what places say; the rest is for budget and grants."""

_GRANTS_SHOWN = 1_200
_HOLDING_SHOWN = 2_800
_REASON_SHOWN = 80


def shown_limits(overview: ServerOverview, present: Present, words: Words) -> list[str]:
    """What every place says, the bot first."""
    places = [(OF_THE_BOT, overview.of_the_bot), *overview.limits]
    lines = [
        f"**{place_or_deleted(source, present, words)}** · {all_said(said_in(limits), words)}"
        for source, limits in places
        if not limits.is_empty
    ]
    return as_many_as_fit(lines, _LIMITS_SHOWN, words) or [words("No limits are set.")]


def shown_settings(overview: ServerOverview, words: Words) -> list[str]:
    """The budget that holds, the slow-down, and how time is counted."""
    settings = overview.settings
    return [
        *budget_lines(overview.budget, words),
        _slow_down_line(settings.slow_down_usd_micros, words),
        words("Days end at midnight in {zone}.", zone=f"`{settings.time_zone}`"),
        _new_members_line(settings.new_member_days, words),
    ]


def shown_grants(overview: ServerOverview, present: Present, words: Words) -> list[str]:
    """The grants that have not expired, the soonest to expire first."""
    lines = [_grant_line(grant, present, words) for grant in overview.grants]
    return as_many_as_fit(lines, _GRANTS_SHOWN, words)


def budget_lines(budget: tuple[BudgetLine, ...], words: Words) -> list[str]:
    """What the server may spend; one sentence where there is no end."""
    lines = [
        words(
            "Budget: {most} · {field} ({source}).",
            field=field_name(cap_field(Unit.USD_MICROS, line.window), words),
            most=money(words, UsdMicros(line.most)),
            source=source_name(line.source, words),
        )
        for line in budget
    ]
    return lines or [words("This server's spending has no budget.")]


def granted(grant: Grant, words: Words) -> str:
    """That a grant was given."""
    return words(
        "{who} may have {what} beyond their limits until {expiry}. Reason: {reason}.",
        who=_grantee(grant),
        what=grant_amount(grant, words),
        expiry=moment(grant.expires_at),
        reason=as_plain(grant.reason),
    )


def each_member_of_it(words: Words) -> str:
    """What a grant to a role means."""
    return words("Each member of the role has that much.")


def revoked(grant: Grant, words: Words) -> str:
    """That a grant is no more."""
    return words(
        "The grant of {what} to {who} is revoked. What was drawn of it stays drawn.",
        who=_grantee(grant),
        what=grant_amount(grant, words),
    )


def grant_amount(grant: Grant, words: Words) -> str:
    """What a grant gives: "5 images · $2.00"."""
    given = []
    if grant.images is not None:
        given.append(words.plural("{count} image", "{count} images", grant.images))
    if grant.usd_micros is not None:
        given.append(money(words, grant.usd_micros))
    return " · ".join(given)


def explanation_title(explanation: Explanation, words: Words) -> str:
    """Of whom, and where."""
    return words(
        "What holds for {member} in {channel}",
        member=f"<@{explanation.spender.user_id}>",
        channel=", ".join(f"<#{channel}>" for channel in explanation.spender.channels[:1]),
    )


def explanation_lines(explanation: Explanation, words: Words) -> list[str]:
    """Every limit that holds for a member, how far it is used, and where it was said."""
    status = explanation.status
    lines = [_counted(line, words) for line in status.lines]
    lines += [
        f"{field_name(each, words)}: {holding(each, sourced, words)}"
        for each, sourced in holding_in(status.limits).items()
        if each.window is None
    ]
    lines += [
        words(
            "Grant: {left} left until {expiry} ({reason}).",
            left=" · ".join(_left(grant.images_left, grant.usd_micros_left, words)),
            expiry=moment(grant.expires_at),
            reason=as_plain(grant.reason, _REASON_SHOWN),
        )
        for grant in status.grants
    ]
    return as_many_as_fit(lines, _HOLDING_SHOWN, words) or [words("There is no limit for them.")]


def _counted(line: QuotaLine, words: Words) -> str:
    field = cap_field(line.unit, line.window)
    return words(
        "{field}: {used} of {most} used ({source}).",
        field=field_name(field, words),
        used=ceiling(field, line.used, words),
        most=ceiling(field, line.most, words),
        source=source_name(line.source, words),
    )


def _slow_down_line(most: UsdMicros | None, words: Words) -> str:
    if most is None:
        return words("Near the end of the budget nothing is slowed down.")
    return words(
        "Near the end of the budget no image may cost more than {most}.", most=money(words, most)
    )


def _new_members_line(days: int, words: Words) -> str:
    if days == 0:
        return words("Nobody counts as a new member.")
    return words.plural(
        "Members are new for {count} day.", "Members are new for {count} days.", days
    )


def _grant_line(grant: Grant, present: Present, words: Words) -> str:
    gone = grant.target is GrantTarget.ROLE and grant.target_id not in present.roles
    return words(
        "{who}: {what} until {expiry} ({reason})",
        who=words("Deleted role `{id}`", id=grant.target_id) if gone else _grantee(grant),
        what=grant_amount(grant, words),
        expiry=moment(grant.expires_at),
        reason=as_plain(grant.reason, _REASON_SHOWN),
    )


def _grantee(grant: Grant) -> str:
    mark = "@&" if grant.target is GrantTarget.ROLE else "@"
    return f"<{mark}{grant.target_id}>"


def _left(images: int | None, usd_micros: UsdMicros | None, words: Words) -> Iterator[str]:
    if images is not None:
        yield words.plural("{count} image", "{count} images", images)
    if usd_micros is not None:
        yield money(words, usd_micros)
