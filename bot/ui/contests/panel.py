"""What stands in a contest's channel, and what a member is told of it."""

from collections.abc import Iterator, Mapping
from typing import Any

import discord

from bot.domain.asking.any_recipe import prompt_of
from bot.domain.contests.contest import Phase, entry_target
from bot.domain.ids import ImageId
from bot.services.contests.contests import Standing
from bot.services.contests.ports import ContestNews
from bot.text.contests import contests as text
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, quoted, small
from bot.ui.parts.style import CANAL, ICON_CONTEST, ICON_NOTE, ICON_UPVOTE, LANTERN

CONTEST_LOOK = "contest_look"

_PROMPT_LENGTH = 100

Part = str | discord.ui.Item[Any]


def contest_panel(
    news: ContestNews, files: Mapping[ImageId, str], words: Words
) -> discord.ui.LayoutView:
    """A contest's phase; `files` are the names of the winners' pictures."""
    is_over = news.contest.phase in {Phase.TOO_FEW, Phase.CANCELLED}
    return panel(*_parts(news, files, words), colour=LANTERN if is_over else CANAL)


def standing_panel(standing: Standing, words: Words) -> discord.ui.LayoutView:
    """The same for one member, without pictures, and with their own entries."""
    parts = list(_parts(standing.news, {}, words))
    if standing.own:
        prompts = [
            f"“{quoted(prompt_of(each.job.request), _PROMPT_LENGTH)}”" for each in standing.own
        ]
        parts.append(f"{ICON_NOTE} {text.own_entries(len(standing.own), words)}\n{small(prompts)}")
    return panel(*parts, colour=CANAL)


def _parts(news: ContestNews, files: Mapping[ImageId, str], words: Words) -> Iterator[Part]:
    contest = news.contest
    yield f"{ICON_CONTEST} **{text.heading(contest, words)}**"
    match contest.phase:
        case Phase.SUBMITTING:
            yield "\n".join(text.how_to_enter(contest, words))
        case Phase.VOTING:
            yield text.how_to_vote(contest, news.entries, words)
        case Phase.CLOSED:
            yield from _results(news, files, words)
        case _:
            yield f"{ICON_NOTE} {text.how_it_ended(contest.phase, words)}"
    if contest.prize is not None and (contest.is_open or news.winners):
        yield text.prize_line(contest.prize, words)
    if contest.phase is Phase.VOTING:
        look = ButtonLook(text.look_label(words), ICON_UPVOTE, discord.ButtonStyle.primary)
        yield discord.ui.ActionRow(ActionButton(CONTEST_LOOK, entry_target(contest.id, 0), look))


def _results(news: ContestNews, files: Mapping[ImageId, str], words: Words) -> Iterator[Part]:
    yield text.result_line(len(news.winners), words)
    pictures = [
        discord.MediaGalleryItem(
            f"attachment://{files[winner.ranked.entry.image_id]}",
            description=text.entry_name(winner.ranked.entry.number or 0, words),
            spoiler=winner.picture is not None and winner.picture.covered,
        )
        for winner in news.winners
        if winner.ranked.entry.image_id in files
    ]
    if pictures:
        yield discord.ui.MediaGallery(*pictures)
    if news.ranked:
        yield "\n".join(text.place_lines(news.ranked, words))
        yield small([text.weights_note(words)])
