"""Every message that the bot can show, at its longest and at its barest.

What asks for something, forms included, is in `question_samples`. A function or a form of
`bot/ui` that has no sample there or here fails a test.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.domain.asking.effects import Setting
from bot.domain.asking.prompt import BOT_PROMPT_LIMIT
from bot.domain.asking.request import MAX_IMAGES_PER_REQUEST
from bot.domain.contests.contest import ContestId
from bot.domain.errors import ChannelUnwritable, PriceUnknown
from bot.domain.gate.rule import Rule
from bot.domain.ids import (
    ChannelId,
    GuildId,
    ImageId,
    JobId,
    ModelId,
    UserId,
)
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState
from bot.domain.jobs.notice import Notice
from bot.domain.jobs.progress import Progress
from bot.domain.library.browsing import (
    ENTRIES_PER_PAGE,
    PICTURES_PER_PAGE,
    ModelQuery,
    Order,
    PictureEntry,
    PictureQuery,
    Shelf,
    StyleQuery,
)
from bot.domain.library.lineage import Ancestor, Sight
from bot.domain.moderation.report import REASON_LIMIT, Report
from bot.domain.money import UsdMicros
from bot.domain.preferences.defaults import Defaults
from bot.domain.preferences.preset import MAX_PRESET_NAME, MAX_PRESETS, Preset
from bot.domain.voting.vote import Tally
from bot.services.library.help import Overview
from bot.services.library.library import PictureCard, PicturePage
from bot.services.library.showroom import ModelCard, ModelPage, StyleCard, StylePage
from bot.services.moderation.report_desk import FiledReport, ReportMessage
from bot.services.ports import JobResult, ProgressReport
from bot.services.preferences.defaults import DefaultsHere
from bot.services.results.details import MAX_ANCESTORS, ResultDetails
from bot.services.results.originals import Original
from bot.text.words import Words
from bot.ui.library.help_panel import help_panel
from bot.ui.library.library_panel import library_panel
from bot.ui.library.preferences_panel import (
    defaults_panel,
    preset_deleted_panel,
    preset_saved_panel,
    presets_panel,
)
from bot.ui.library.showroom_panel import models_panel, styles_panel
from bot.ui.moderation.report_panel import report_panel
from bot.ui.parts.notices import notices_panel
from bot.ui.parts.presenter import error_panel
from bot.ui.quotas.quota_panel import quota_panel
from bot.ui.results.buttons import ON_ONE_PICTURE, deletion_question, picker
from bot.ui.results.details_panel import details_message
from bot.ui.results.original_panel import original_panel
from bot.ui.results.panel import result_panel
from bot.ui.results.progress_panel import progress_panel
from tests.contract.sample_values import (
    HIGHEST_ID,
    LONG,
    MODEL,
    NO_QUOTA,
    OPTIONS,
    PICTURE,
    SHOWN_AT,
    WHEN,
    full_quota,
    make_images,
    make_job,
    make_tool_jobs,
    shown,
)
from tests.contract.sampling import Sample, Samples, registering_in
from tests.contract.style_samples import STYLE as SERVER_STYLE
from tests.contract.style_samples import STYLE_EXAMPLES
from tests.unit.test_commands import TOP_LEVEL

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)


@samples_of(result_panel)
def _(words: Words) -> Iterator[Sample]:
    delivered = make_job(*make_images(ImageState.DELIVERED))
    for job in (
        delivered,
        replace(delivered, shared=True),
        make_job(*delivered.images, private=True),
    ):
        for copied in (True, False):
            result = JobResult(job, shown(job, copied=copied), (), UsdMicros(123_456), 123.4)
            yield result_panel(result, words)
            yield result_panel(replace(result, contest=ContestId("f" * 16)), words)
    failed = make_job(*make_images(ImageState.FAILED))
    failures = tuple(
        ImageFailure(reason, billing, LONG, "r" * 64)
        for reason in FailureReason
        for billing in Billing
    )
    for start in range(0, len(failures), MAX_IMAGES_PER_REQUEST):
        some = failures[start : start + MAX_IMAGES_PER_REQUEST]
        yield result_panel(JobResult(failed, (), some, None, 0), words)
    one = make_job(*make_images(ImageState.DELIVERED, 1), prompt="a")
    for held in (Rule.REVIEW_ALL, Rule.REVIEW_NEW_MEMBERS, Rule.SAFETY_UNKNOWN):
        waiting = make_job(*make_images(ImageState.HELD))
        yield result_panel(JobResult(waiting, (), (), None, 0, (held,) * 4), words)
        yield result_panel(JobResult(one, shown(one), failures[:3], None, 0, (held,) * 3), words)
    withheld = make_job(
        *make_images(ImageState.DELIVERED, 2),
        *make_images(ImageState.HIDDEN, 1),
        *make_images(ImageState.REMOVED, 1),
    )
    yield result_panel(JobResult(withheld, shown(withheld), (), None, None), words)
    gone = make_job(*make_images(ImageState.HIDDEN))
    yield result_panel(JobResult(gone, (), (), None, None), words)
    cancelled = make_job(*make_images(ImageState.CANCELLED))
    yield result_panel(JobResult(cancelled, (), (), None, 0), words)
    yield result_panel(
        JobResult(one, shown(one), failures[:3], None, 0, contest=ContestId("c")), words
    )
    for tooled in make_tool_jobs():
        result = JobResult(tooled, shown(tooled, copied=True), (), UsdMicros(123_456), 123.4)
        yield result_panel(result, words)


@samples_of(progress_panel)
def _(words: Words) -> Iterator[Sample]:
    job = make_job(*make_images(ImageState.STORED, 3), *make_images(ImageState.QUEUED, 1))
    for ahead, pictures in ((None, shown(job)), (0, ()), (99_999, ())):
        yield progress_panel(ProgressReport(Progress(job, ahead, 9_999.9), pictures), words)


@samples_of(details_message)
def _(words: Words) -> Iterator[Sample]:
    lineage = tuple(
        Ancestor(Sight.OPEN, GuildId(HIGHEST_ID), 999_999_999, SHOWN_AT)
        for _ in range(MAX_ANCESTORS)
    )
    for state in (ImageState.DELIVERED, ImageState.FAILED):
        for prompt in (LONG, "a", "ä" * BOT_PROMPT_LIMIT):
            details = ResultDetails(make_job(*make_images(state), prompt=prompt), lineage)
            yield details_message(details, words).view
    for tooled in make_tool_jobs():
        yield details_message(ResultDetails(tooled, lineage), words).view


@samples_of(original_panel)
def _(words: Words) -> Iterator[Sample]:
    job = make_job(*make_images(ImageState.DELIVERED))
    yield original_panel(Original(job, job.images[0], Path("picture")), words)


@samples_of(report_panel)
def _(words: Words) -> Iterator[Sample]:
    job = make_job(*make_images(ImageState.DELIVERED))
    report = Report(job.images[0].id, UserId(HIGHEST_ID), LONG[:REASON_LIMIT], WHEN)
    picture = shown(job, copied=True)[0]
    message = ReportMessage(FiledReport(report, job), GuildId(HIGHEST_ID), picture)
    yield report_panel(message, picture, words)
    yield report_panel(message, None, words)
    hidden = ReportMessage(FiledReport(report, job, hidden=True), GuildId(HIGHEST_ID), picture)
    yield report_panel(hidden, picture, words)


@samples_of(picker)
def _(words: Words) -> Iterator[Sample]:
    for private in (True, False):
        job = make_job(*make_images(ImageState.DELIVERED), private=private)
        for action in ON_ONE_PICTURE:
            yield picker(action, job, words)


@samples_of(deletion_question)
def _(words: Words) -> Iterator[Sample]:
    yield deletion_question(make_job(*make_images(ImageState.DELIVERED)), words)


@samples_of(library_panel)
def _(words: Words) -> Iterator[Sample]:
    entry = PictureEntry(
        image_id=ImageId("0123456789abcdef"),
        job_id=JobId("job"),
        user_id=UserId(HIGHEST_ID),
        guild_id=None,
        channel_id=ChannelId(1),
        private=True,
        prompt=LONG,
        model_name=MODEL.name,
        size="1280×1280",
        style="s" * 64,
        seed=999_999_999,
        created_at=WHEN,
        picture=PICTURE,
    )
    for shelf in Shelf:
        query = PictureQuery(
            shelf=shelf, order=Order.FAVOURITES, model="m" * 100, style="s" * 100, text="t" * 100
        )
        for thumbnail in (Path("small"), None):
            cards = (PictureCard(entry, thumbnail, 99_999),) * PICTURES_PER_PAGE
            yield library_panel(PicturePage("a" * 16, query, cards, True, True), words)
        yield library_panel(PicturePage("a" * 16, query, (), False, False), words)


@samples_of(models_panel)
def _(words: Words) -> Iterator[Sample]:
    cards = tuple(
        ModelCard(replace(MODEL, id=ModelId(f"{number}-{MODEL.id}")), tuple(Setting), offered=False)
        for number in range(ENTRIES_PER_PAGE)
    )
    yield models_panel(ModelPage("a" * 16, ModelQuery(), cards, 1, 99, 999), words)
    yield models_panel(ModelPage("a" * 16, ModelQuery(), (), 0, 1, 0), words)


@samples_of(styles_panel)
def _(words: Words) -> Iterator[Sample]:
    votes = Tally(99_999, 99_999)
    for examples in STYLE_EXAMPLES:
        styles = tuple(
            StyleCard(f"{n} {'*' * 90}", votes, replace(SERVER_STYLE, id=f"{n}"), examples)
            for n in range(ENTRIES_PER_PAGE)
        )
        yield styles_panel(StylePage("a" * 16, StyleQuery(), styles, 1, 99, 999), words)
    yield styles_panel(StylePage("a" * 16, StyleQuery(), (), 0, 1, 0), words)


@samples_of(preset_saved_panel)
def _(words: Words) -> Iterator[Sample]:
    for replaced in (True, False):
        preset = Preset("n" * MAX_PRESET_NAME, OPTIONS, LONG)
        yield preset_saved_panel(preset, words, replaced=replaced)


@samples_of(presets_panel)
def _(words: Words) -> Iterator[Sample]:
    preset = Preset("n" * MAX_PRESET_NAME, OPTIONS, LONG)
    yield presets_panel([preset] * MAX_PRESETS, words)
    yield presets_panel([], words)


@samples_of(preset_deleted_panel)
def _(words: Words) -> Iterator[Sample]:
    yield preset_deleted_panel("n" * MAX_PRESET_NAME, words)


@samples_of(defaults_panel)
def _(words: Words) -> Iterator[Sample]:
    full = Defaults(options=OPTIONS, hide_watermark=True, embed_exif_metadata=True)
    for layer in (full, Defaults()):
        here = DefaultsHere(layer, layer, layer, layer.options)
        for in_server in (True, False):
            yield defaults_panel(here, words, in_server=in_server)


@samples_of(help_panel)
def _(words: Words) -> Iterator[Sample]:
    yield help_panel(Overview(full_quota(), True, 999, 999), TOP_LEVEL, words)


@samples_of(quota_panel)
def _(words: Words) -> Iterator[Sample]:
    yield quota_panel(full_quota(), words)
    yield quota_panel(NO_QUOTA, words)


@samples_of(notices_panel)
def _(words: Words) -> Iterator[Sample]:
    notices = [
        Notice(JobId("0123456789abcdef"), UserId(1), 4, WHEN + timedelta(minutes=number))
        for number in range(500)
    ]
    yield notices_panel(notices, words)


@samples_of(error_panel)
def _(words: Words) -> Iterator[Sample]:
    """All the others are drawn by Hypothesis."""
    yield error_panel(PriceUnknown(MODEL.id), words)
    yield error_panel(ChannelUnwritable(ChannelId(HIGHEST_ID)), words)
