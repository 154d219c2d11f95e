"""The words of contests."""

from collections.abc import Sequence
from datetime import datetime

from babel.numbers import format_decimal

from bot.domain.contests.contest import FEWEST_ENTRIES, Contest, Phase, Prize
from bot.domain.contests.rules import Ranked
from bot.domain.voting.vote import FULL_WEIGHT
from bot.text.format import money
from bot.text.quoting import as_plain, listed
from bot.text.words import Words

PLACES_SHOWN = 10


def until(at: datetime) -> str:
    """A moment that may be days ahead, in the reader's own zone."""
    unix = int(at.timestamp())
    return f"<t:{unix}:f> (<t:{unix}:R>)"


def heading(contest: Contest, words: Words) -> str:
    """What it is about."""
    return words("Contest: {theme}", theme=as_plain(contest.theme))


def how_to_enter(contest: Contest, words: Words) -> list[str]:
    """Until when pictures are entered, how, and which fit."""
    lines = [
        words.plural(
            "Paint with `/imagine` from now on and press Submit under the picture: {count} entry "
            "each, until {end}.",
            "Paint with `/imagine` from now on and press Submit under the picture: {count} "
            "entries each, until {end}.",
            contest.entries_of_member,
            end=until(contest.submit_until),
        )
    ]
    if contest.words:
        lines.append(words("Words that the prompt must have: {words}", words=listed(contest.words)))
    lines.append(words("Then all vote without names, until {end}.", end=until(contest.vote_until)))
    return lines


def prize_line(prize: Prize, words: Words) -> str:
    """What each winner gets."""
    parts = []
    if prize.images is not None:
        parts.append(words.plural("{count} extra image", "{count} extra images", prize.images))
    if prize.usd_micros is not None:
        parts.append(words("{money} extra", money=money(words, prize.usd_micros)))
    days = words.plural("for {count} day", "for {count} days", prize.days)
    return words("Each winner gets: {prize} {days}", prize=" + ".join(parts), days=days)


def how_to_vote(contest: Contest, entries: int, words: Words) -> str:
    """How many entries there are, and how they are voted on."""
    return words.plural(
        "{count} entry is in. Vote for as many as you like until {end}, and change your mind as "
        "often; names and votes are told afterwards.",
        "{count} entries are in. Vote for as many as you like until {end}, and change your mind "
        "as often; names and votes are told afterwards.",
        entries,
        end=until(contest.vote_until),
    )


def how_it_ended(phase: Phase, words: Words) -> str:
    """What became of a contest that has no results."""
    match phase:
        case Phase.TOO_FEW:
            return words(
                "The contest is over without a vote: fewer than {count} pictures were entered.",
                count=FEWEST_ENTRIES,
            )
        case Phase.CANCELLED:
            return words("The contest was cancelled; there is no winner.")
        case _:
            return words("The votes are being counted.")


def result_line(won: int, words: Words) -> str:
    """How many winners there are."""
    if won == 0:
        return words("The contest is over. Nobody's vote counted, so nobody has won.")
    if won == 1:
        return words("The contest is over. This is the winner:")
    return words("The contest is over. {count} pictures have tied for the first place:", count=won)


def place_lines(ranked: Sequence[Ranked], words: Words) -> list[str]:
    """The best places with names and votes, those that tied under the same number."""
    lines = [
        words(
            "{place}. {member} – votes: {votes}",
            place=each.place,
            member=f"<@{each.entry.user_id}>",
            votes=format_decimal(each.weight / FULL_WEIGHT, locale=words.locale),
        )
        for each in ranked[:PLACES_SHOWN]
    ]
    left = len(ranked) - PLACES_SHOWN
    if left > 0:
        lines.append(words.plural("… and {count} entry more", "… and {count} entries more", left))
    return lines


def weights_note(words: Words) -> str:
    """Why votes may come in halves."""
    return words("Votes of new accounts and new members weigh half or nothing.")


def submit_label(words: Words) -> str:
    """The button under a result."""
    return words("Submit")


def which_to_submit(words: Words) -> str:
    """The question where a result has several pictures."""
    return words("Which picture would you like to enter into the contest?")


def entered(left: int, words: Words) -> str:
    """That a picture was entered, and how many more may be."""
    said = words("Your picture is in the contest. `/contest withdraw` takes it out again.")
    more = words.plural("You have {count} entry left.", "You have {count} entries left.", left)
    return f"{said} {more}"


def withdrawn(left: int, words: Words) -> str:
    """That a picture was taken out, and how many are in."""
    return words.plural(
        "Your picture is out of the contest; {count} of yours is still in it.",
        "Your picture is out of the contest; {count} of yours are still in it.",
        left,
    )


def opened(contest: Contest, words: Words) -> str:
    """That a contest was opened, for whoever did."""
    return words(
        "The contest is open in {channel} until {end}.",
        channel=f"<#{contest.channel_id}>",
        end=until(contest.submit_until),
    )


def closed(phase: Phase, words: Words) -> str:
    """What follows on the phase that was ended."""
    if phase is Phase.VOTING:
        return words("No more entries: now it is voted on.")
    if phase is Phase.CLOSED:
        return words("The voting is over, and the results are out.")
    return how_it_ended(phase, words)


def cancelled(words: Words) -> str:
    """That a contest was cancelled, for whoever did."""
    return words("The contest is cancelled; no prize is given.")


def look_label(words: Words) -> str:
    """The button that opens the gallery."""
    return words("Look and vote")


def gallery_heading(total: int, approved: int, words: Words) -> str:
    """How many entries there are, and for how many the member voted."""
    entries = words.plural("{count} entry", "{count} entries", total)
    return words("{entries} · you voted for {approved}", entries=entries, approved=approved)


def gallery_hint(words: Words) -> str:
    """What the numbered buttons do."""
    return words("A number votes for the picture; pressed again, it takes the vote back.")


def own_entry(number: int, words: Words) -> str:
    """Which entry is the member's own."""
    return words("#{number} is your own.", number=number)


def not_kept(number: int, words: Words) -> str:
    """Which entry's picture cannot be shown."""
    return words("The picture of #{number} is no longer kept.", number=number)


def nothing_here(words: Words) -> str:
    """That all entries of a page were deleted."""
    return words("The entries of this page were deleted.")


def entry_name(number: int, words: Words) -> str:
    """An entry's alt text: it tells nothing of its maker."""
    return words("Entry {number}", number=number)


def own_entries(count: int, words: Words) -> str:
    """How many entries a member has."""
    return words.plural("You have {count} entry.", "You have {count} entries.", count)
