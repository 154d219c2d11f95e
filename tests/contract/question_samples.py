"""Every question and form that the bot can show, at its longest and at its barest."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.asking.choices import MAX_CHOICES
from bot.domain.asking.effects import Effect, IgnoredSetting, Setting
from bot.domain.asking.pending import PendingRequest
from bot.domain.asking.permutations import MAX_IMAGES_PER_PERMUTATION
from bot.domain.asking.redo import Remix
from bot.domain.ids import ChannelId, GuildId, MessageId, UserId
from bot.domain.jobs.job import ImageState, ReplyAddress
from bot.domain.money import UsdMicros
from bot.domain.sizing import PixelSize
from bot.domain.tools.source_limits import OfferedPicture
from bot.services.asking.confirming import Confirmed, Question
from bot.services.asking.plans import Place, Plan
from bot.services.asking.proposals import Proposal
from bot.services.asking.suggestions import Suggestion
from bot.services.tools.tools import UpscaleOption
from bot.text.words import Words
from bot.ui.asking.confirming_panel import confirmed_panel, question_panel, remark_panel
from bot.ui.asking.prompt_modal import PromptModal
from bot.ui.asking.remix_modal import RemixModal
from bot.ui.moderation.report_modal import ReportModal
from bot.ui.tools.edit_modal import EditModal
from bot.ui.tools.offered_pictures import MOST_OFFERED
from bot.ui.tools.questions import (
    SCALES,
    SCALES_OFFERED,
    SCALES_PRIVATE,
    offer_kind,
    offer_question,
    scale_question,
)
from tests.contract.sample_values import (
    HIGHEST_ID,
    LONG,
    MODEL,
    WHEN,
    full_quota,
    make_images,
    make_job,
)
from tests.contract.sampling import Sample, Samples, registering_in
from tests.paintings import asked, painted_by

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

_PENDING = PendingRequest(
    id="9" * 20,
    user_id=UserId(HIGHEST_ID),
    requests=(),
    parent=None,
    question=ReplyAddress(
        application_id=HIGHEST_ID, token="t" * 200, message_id=MessageId(1), expires_at=WHEN
    ),
    expires_at=WHEN,
)


def _proposals() -> Iterator[Proposal]:
    """Of many pictures and of one, in public and in private."""
    place = Place(
        user_id=UserId(HIGHEST_ID),
        guild_id=GuildId(HIGHEST_ID),
        channel_id=ChannelId(HIGHEST_ID),
        locale="de",
    )
    job = make_job(*make_images(ImageState.QUEUED, 1))
    ignored = tuple(IgnoredSetting(setting, effect) for setting in Setting for effect in Effect)
    for private, count in ((False, MAX_IMAGES_PER_PERMUTATION), (True, 1)):
        request = replace(asked(job), private=private, images=1)
        plan = Plan(request, painted_by(job), place, UsdMicros(123_456))
        yield Proposal((plan,) * count, ignored, ("preset", "style", "enhance"), "s" * 64)


async def _nothing(*_: object) -> None:
    """A form of a sample is not sent."""


@samples_of(question_panel)
def _(words: Words) -> Iterator[Sample]:
    quota = full_quota()
    for proposal in _proposals():
        yield question_panel(Question(_PENDING, proposal, quota), words)


@samples_of(remark_panel)
def _(words: Words) -> Iterator[Sample]:
    for proposal in _proposals():
        remark = remark_panel(proposal, words, interaction_id=HIGHEST_ID)
        assert remark is not None
        yield remark


@samples_of(confirmed_panel)
def _(words: Words) -> Iterator[Sample]:
    for count in (1, MAX_IMAGES_PER_PERMUTATION):
        job = make_job(*make_images(ImageState.QUEUED, 1), private=count == 1)
        yield confirmed_panel(Confirmed(_PENDING, (job,) * count), words)


@samples_of(scale_question)
def _(words: Words) -> Iterator[Sample]:
    size, price = PixelSize(99_999, 99_999), UsdMicros(999_999_999)
    options = [UpscaleOption(scale, size, price) for scale in SCALES]
    yield scale_question(options, SCALES_OFFERED, "0123456789abcdef", words)
    yield scale_question(options[:1], SCALES_PRIVATE, "0123456789abcdef", words)


@samples_of(offer_question)
def _(words: Words) -> Iterator[Sample]:
    for count in (2, MOST_OFFERED):
        offers = [
            (f"{number:016}", OfferedPicture(url=f"https://cdn.discordapp.com/{number}.png"))
            for number in range(count)
        ]
        yield offer_question(offer_kind("upscale"), offers, words)


@samples_of(EditModal)
def _(words: Words) -> Iterator[Sample]:
    models = [
        Suggestion(f"{number}-{MODEL.id}"[:100], MODEL.name, UsdMicros(123_456), has_price=True)
        for number in range(MAX_CHOICES)
    ]
    yield EditModal(words, models, models[0], _nothing)
    yield EditModal(words, models[:1], models[0], _nothing)


@samples_of(PromptModal)
def _(words: Words) -> Iterator[Sample]:
    yield PromptModal("t" * 200, _nothing, words, prompt=LONG)
    yield PromptModal("t", _nothing, words)


@samples_of(RemixModal)
def _(words: Words) -> Iterator[Sample]:
    long = Remix(prompt=LONG, model="m" * 200, shape="s" * 200, negative=LONG, style="s" * 200)
    yield RemixModal(long, words, on_remix=_nothing)
    yield RemixModal(Remix(prompt=""), words, on_remix=_nothing)


@samples_of(ReportModal)
def _(words: Words) -> Iterator[Sample]:
    yield ReportModal(words, on_report=_nothing)
