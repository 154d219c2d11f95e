"""Samples of the messages of starboards and contests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.domain.contests.contest import (
    ENTRIES_PER_PAGE,
    MOST_ENTRIES,
    MOST_ENTRIES_OF_MEMBER,
    MOST_THEME_CHARS,
    MOST_WORD_CHARS,
    MOST_WORDS,
    Contest,
    ContestId,
    Entry,
    Phase,
    Prize,
)
from bot.domain.contests.rules import Ranked
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import ImageState
from bot.domain.money import UsdMicros
from bot.domain.starboard import PostState, Starboard, StarPost
from bot.services.contests.contests import Standing
from bot.services.contests.entries import ShownEntry
from bot.services.contests.ports import ContestNews, Winner
from bot.services.contests.voting import GalleryEntry, GalleryPage
from bot.services.starboard.ports import StarMessage
from bot.text.words import Words
from bot.ui.contests.buttons import entry_picker
from bot.ui.contests.gallery import gallery_panel
from bot.ui.contests.messages import MOST_PICTURES
from bot.ui.contests.panel import contest_panel, standing_panel
from bot.ui.results.picture_files import file_name
from bot.ui.starboard.panel import star_panel, unreached_panel
from tests.contract.sample_values import (
    HIGHEST_ID,
    LONG,
    SHOWN_AT,
    WHEN,
    make_images,
    make_job,
    make_tool_jobs,
    shown,
)
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

JOB = make_job(*make_images(ImageState.DELIVERED))
CONTEST = Contest(
    id=ContestId("f" * 16),
    guild_id=GuildId(HIGHEST_ID),
    channel_id=ChannelId(HIGHEST_ID),
    opened_by=UserId(HIGHEST_ID),
    theme=LONG[:MOST_THEME_CHARS],
    words=("w" * MOST_WORD_CHARS,) * MOST_WORDS,
    entries_of_member=MOST_ENTRIES_OF_MEMBER,
    prize=Prize(1_000_000, UsdMicros(999_999_999_999), 366),
    opened_at=WHEN,
    submit_until=WHEN + timedelta(days=14),
    vote_until=WHEN + timedelta(days=28),
)


def _ranked(number: int, place: int) -> Ranked:
    entry = Entry(
        contest_id=CONTEST.id,
        image_id=ImageId(f"image-{number}"),
        user_id=UserId(HIGHEST_ID),
        origin=SHOWN_AT,
        entered_at=WHEN,
        number=number,
        place=place,
        weight=99_999_500,
    )
    return Ranked(entry, place, 99_999_500)


RANKED = tuple(_ranked(number, number) for number in range(1, MOST_ENTRIES + 1))
TIED = tuple(_ranked(number, 1) for number in range(1, MOST_ENTRIES + 1))


def _news() -> Iterator[ContestNews]:
    for phase in Phase:
        for contest in (
            CONTEST,
            replace(CONTEST, prize=None, words=(), theme="foxes", entries_of_member=1),
        ):
            yield ContestNews(replace(contest, phase=phase), MOST_ENTRIES)
    closed = replace(CONTEST, phase=Phase.CLOSED)
    for ranked, won in ((RANKED, RANKED[:1]), (TIED, TIED), (RANKED[:2], ())):
        winners = tuple(Winner(each, JOB, shown(JOB)[0]) for each in won)
        yield ContestNews(closed, MOST_ENTRIES, ranked, winners)


@samples_of(contest_panel)
def _(words: Words) -> Iterator[Sample]:
    for news in _news():
        won = news.winners[:MOST_PICTURES]
        files = {
            each.ranked.entry.image_id: f"gondola-{number}.webp" for number, each in enumerate(won)
        }
        yield contest_panel(news, files, words)
        yield contest_panel(news, {}, words)


@samples_of(standing_panel)
def _(words: Words) -> Iterator[Sample]:
    own = ShownEntry(RANKED[0].entry, JOB, JOB.images[0])
    for news in _news():
        for count in (0, 1, MOST_ENTRIES_OF_MEMBER):
            yield standing_panel(Standing(news, (own,) * count), words)


@samples_of(gallery_panel)
def _(words: Words) -> Iterator[Sample]:
    for is_own, thumbnail in ((True, None), (False, Path("t.webp")), (True, Path("t.webp"))):
        entries = tuple(
            GalleryEntry(
                number=MOST_ENTRIES - index,
                shown=ShownEntry(RANKED[index].entry, JOB, JOB.images[0]),
                thumbnail=thumbnail,
                is_own=is_own,
                approved=not is_own,
            )
            for index in range(ENTRIES_PER_PAGE)
        )
        for number, pages in ((0, 1), (1, 25), (24, 25)):
            yield gallery_panel(
                GalleryPage(CONTEST, entries, number, pages, MOST_ENTRIES, MOST_ENTRIES), words
            )
    yield gallery_panel(GalleryPage(CONTEST, (), 0, 25, 0, 1), words)


@samples_of(entry_picker)
def _(words: Words) -> Iterator[Sample]:
    yield entry_picker(JOB, words)


@samples_of(star_panel)
def _(words: Words) -> Iterator[Sample]:
    post = StarPost(
        image_id=ImageId("f" * 16),
        guild_id=GuildId(HIGHEST_ID),
        channel_id=ChannelId(HIGHEST_ID),
        origin=SHOWN_AT,
        state=PostState.POSTED,
        message_id=MessageId(HIGHEST_ID),
        safe=True,
        since=WHEN,
    )
    for job in (JOB, make_job(*JOB.images, prompt="@everyone"), *make_tool_jobs()):
        for stars in (0, 1, 999_999):
            message = StarMessage(post, job, job.images[0], stars)
            yield star_panel(message, file_name(shown(JOB)[0]), words)


@samples_of(unreached_panel)
def _(words: Words) -> Iterator[Sample]:
    board = Starboard(guild_id=GuildId(HIGHEST_ID), channel_id=ChannelId(HIGHEST_ID), threshold=100)
    yield unreached_panel(board, words)
