"""Samples of the messages about servers' styles and leaderboards; see `message_samples`."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.domain.asking.prompt import BOT_PROMPT_LIMIT
from bot.domain.battles.rating import Standing
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.ranking.bradley_terry import Rating
from bot.domain.styles.leaderboard import (
    ENTRIES_PER_BOARD,
    Board,
    BoardQuery,
    BoardTopic,
    Ranked,
    RankedFighter,
    RankedMember,
    RankedPicture,
    RankedStyle,
)
from bot.domain.styles.liked_picture import EXAMPLES_OF_A_STYLE, LikedPicture
from bot.domain.styles.server_style import (
    MAX_SERVER_STYLES,
    MAX_STYLE_NAME,
    MAX_TEMPLATE_CHARS,
    ServerStyle,
    StyleDraft,
    StyleEntry,
)
from bot.domain.voting.span import Span
from bot.domain.voting.vote import Tally
from bot.services.styles.examples import StyleExamples
from bot.text.words import Words
from bot.ui.votes.leaderboard_panel import leaderboard_panel
from bot.ui.votes.style_panel import style_list_panel
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

HIGHEST_ID = 2**63 - 1
WHEN = datetime(2026, 5, 4, tzinfo=UTC)
MANY = Tally(99_999, 99_999, 99_999_000, 1_000)
STYLE = ServerStyle(
    id="0123456789abcdef",
    guild_id=GuildId(HIGHEST_ID),
    draft=StyleDraft(
        name="*" * MAX_STYLE_NAME,
        template="{prompt}" + "`" * (MAX_TEMPLATE_CHARS - 8),
        negative="n" * BOT_PROMPT_LIMIT,
        model="m" * 200,
        preset="p" * 200,
    ),
    author_id=UserId(HIGHEST_ID),
    created_at=WHEN,
    retired_at=WHEN,
)
_LIKED = LikedPicture(
    image_id=ImageId("0123456789abcdef"),
    channel_id=ChannelId(HIGHEST_ID),
    picture=StoredPicture(sha256="0", content_type="image/webp", size_bytes=1),
    tally=MANY,
    shown=MessageAddress(channel_id=ChannelId(HIGHEST_ID), message_id=MessageId(HIGHEST_ID)),
)
STYLE_EXAMPLES = tuple(
    StyleExamples(
        guild_id=GuildId(HIGHEST_ID),
        pictures=(_LIKED,) * (EXAMPLES_OF_A_STYLE + (not gone)),
        strip=b"a picture",
        covered=True,
        chosen_is_gone=gone,
    )
    for gone in (True, False)
)
"""With as many pictures as there can be; one fewer where the chosen one is gone."""


@samples_of(style_list_panel)
def _(words: Words) -> Iterator[Sample]:
    yield style_list_panel([StyleEntry(STYLE, MANY, 3)] * MAX_SERVER_STYLES, words)
    yield style_list_panel([], words)


@samples_of(leaderboard_panel)
def _(words: Words) -> Iterator[Sample]:
    shown = MessageAddress(channel_id=ChannelId(HIGHEST_ID), message_id=MessageId(HIGHEST_ID))
    picture = RankedPicture(
        tally=MANY,
        image_id=ImageId("0123456789abcdef"),
        user_id=UserId(HIGHEST_ID),
        guild_id=GuildId(HIGHEST_ID),
        prompt="*" * BOT_PROMPT_LIMIT,
        shown=shown,
    )
    entries: dict[BoardTopic, Ranked] = {
        BoardTopic.STYLES: RankedStyle(MANY, "*" * 100, "preset:Noir"),
        BoardTopic.IMAGES: picture,
        BoardTopic.MEMBERS: RankedMember(MANY, UserId(HIGHEST_ID)),
        BoardTopic.BATTLES: RankedFighter(
            Standing("preset:Noir", Rating(-9.99, 2.0), 99_999), "*" * 100
        ),
    }
    for topic, entry in entries.items():
        query = BoardQuery(topic, Span.MONTH, 5)
        yield leaderboard_panel(Board(query, (entry,) * ENTRIES_PER_BOARD, True), words)
        yield leaderboard_panel(Board(BoardQuery(topic, Span.ALL), (), False), words)
