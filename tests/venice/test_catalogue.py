"""The catalogue answers from memory, survives what the API sends, and starts without network."""

import asyncio
import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.domain.models.image_model import ModelKind
from bot.venice import Catalogue, CatalogueState, VeniceClient
from bot.venice.catalogue import LOOK_AGAIN_AFTER_S, REFRESH_EVERY_S, Source
from sandbox.venice import VeniceStandIn
from sandbox.venice.faults import Answered, EmptyBody, Fault, Held, HtmlBody, JsonBody, Kind
from tests.clock import FakeClock
from tests.venice.factories import SkippingClock, make_client, settle
from tests.venice.test_entries import make_entry

if TYPE_CHECKING:
    from collections.abc import Callable

MODELS = "/models"
DEAD_URL = "http://127.0.0.1:9/api/v1"


@pytest.fixture
def cache_path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "catalogue.json"


@pytest.fixture
def catalogue(client: VeniceClient, cache_path: Path, clock: SkippingClock) -> Catalogue:
    return Catalogue(client, cache_path=cache_path, clock=clock)


def models_answer(*entries: object) -> Answered:
    return Answered(200, JsonBody({"object": "list", "type": "all", "data": list(entries)}))


def looks(stand_in: VeniceStandIn) -> int:
    return sum(request.route == MODELS for request in stand_in.requests)


async def test_before_the_first_look_there_is_nothing(catalogue: Catalogue) -> None:
    assert catalogue.models() == ()
    assert catalogue.default() is None
    assert catalogue.find("z-image-turbo") is None
    assert catalogue.styles() == ()
    assert catalogue.edit_models() == ()
    assert catalogue.upscaler() is None
    assert catalogue.cutout_model() is None
    assert catalogue.alternatives_to("z-image-turbo") == ()
    assert catalogue.state == CatalogueState()
    assert not catalogue.state.is_usable


async def test_a_look_brings_models_and_styles(catalogue: Catalogue, clock: SkippingClock) -> None:
    assert await catalogue.refresh()
    models = catalogue.models()
    assert {model.kind for model in models} == {ModelKind.GENERATE}
    assert not any(model.offline for model in models)
    names = [model.name.casefold() for model in models[1:]]
    assert names == sorted(names)
    assert models[0].id == "z-image-turbo"
    assert catalogue.default() is models[0]
    assert "Anime" in catalogue.styles()
    assert {model.kind for model in catalogue.edit_models()} == {ModelKind.EDIT}
    upscaler, cutout = catalogue.upscaler(), catalogue.cutout_model()
    assert upscaler is not None
    assert cutout is not None
    assert (upscaler.id, cutout.id) == ("upscaler", "bria-bg-remover")
    assert catalogue.state.source is Source.API
    assert catalogue.state.refreshed_at == clock.now()
    assert catalogue.state.is_usable


@pytest.mark.parametrize(
    ("name", "model_id"),
    [
        ("z-image-turbo", "z-image-turbo"),
        (" Z-IMAGE-Turbo ", "z-image-turbo"),
        ("fastest", "z-image-turbo"),
        ("DEFAULT", "z-image-turbo"),
        ("highest_quality", "qwen-image"),
        ("sdxl", "venice-sd35"),
        ("dall-e-3", "z-image-turbo"),
        ("bria-bg-remover", None),
        ("upscaler", None),
        ("firered-image-edit", None),
        ("no-such-model", None),
        ("", None),
    ],
)
async def test_models_are_found_by_every_name_they_have(
    catalogue: Catalogue, name: str, model_id: str | None
) -> None:
    await catalogue.refresh()
    found = catalogue.find(name)
    assert (found.id if found else None) == model_id


async def test_edit_models_are_found_by_id(catalogue: Catalogue) -> None:
    await catalogue.refresh()
    found = catalogue.find_edit_model("FireRed-Image-Edit")
    assert found is not None
    assert found.kind is ModelKind.EDIT
    assert catalogue.find_edit_model("z-image-turbo") is None


async def test_an_offline_model_is_found_but_not_offered(
    catalogue: Catalogue, stand_in: VeniceStandIn
) -> None:
    entries = [make_entry(model_id="on"), make_entry(model_id="off", offline=True)]
    stand_in.faults.add(Fault(models_answer(*entries), route=MODELS))
    await catalogue.refresh()
    assert [model.id for model in catalogue.models()] == ["on"]
    found = catalogue.find("off")
    assert found is not None
    assert found.offline
    assert catalogue.state.models == 2


async def test_without_a_default_trait_the_first_by_name_is_the_default(
    catalogue: Catalogue, stand_in: VeniceStandIn
) -> None:
    entries = [make_entry(model_id="b", name="B"), make_entry(model_id="a", name="A")]
    stand_in.faults.add(Fault(models_answer(*entries), route=MODELS))
    await catalogue.refresh()
    default = catalogue.default()
    assert default is not None
    assert default.id == "a"


async def test_an_offline_default_gives_way_to_the_next(
    catalogue: Catalogue, stand_in: VeniceStandIn
) -> None:
    entries = [
        make_entry(model_id="a", traits=["default"], offline=True),
        make_entry(model_id="b"),
    ]
    stand_in.faults.add(Fault(models_answer(*entries), route=MODELS))
    await catalogue.refresh()
    default = catalogue.default()
    assert default is not None
    assert default.id == "b"


async def test_a_trait_of_the_entries_counts_where_the_api_names_none(
    catalogue: Catalogue, stand_in: VeniceStandIn
) -> None:
    entries = [
        make_entry(model_id="second", name="B", traits=["odd"]),
        make_entry(model_id="first", name="A", traits=["odd"]),
    ]
    stand_in.faults.add(Fault(models_answer(*entries), route=MODELS))
    await catalogue.refresh()
    found = catalogue.find("odd")
    assert found is not None
    assert found.id == "first"


async def test_the_client_learns_who_can_take_whose_place(
    catalogue: Catalogue, client: VeniceClient
) -> None:
    del client
    await catalogue.refresh()
    others = catalogue.alternatives_to("z-image-turbo")
    assert others[0] == "venice-sd35"
    assert "chroma" not in others
    assert "firered-image-edit" not in others
    assert catalogue.alternatives_to("firered-image-edit")


BROKEN: dict[str, Kind] = {
    "an error": Answered(400, EmptyBody()),
    "a page": Answered(200, HtmlBody()),
    "another shape": Answered(200, JsonBody({"data": {}})),
    "no list": Answered(200, JsonBody([])),
    "an empty list": models_answer(),
    "no text-to-image model": models_answer(make_entry(kind="upscale")),
    "mostly unreadable": models_answer(make_entry(), {}, None),
}


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_broken_look_leaves_the_catalogue_as_it_was_and_says_so(
    catalogue: Catalogue, stand_in: VeniceStandIn, kind: str
) -> None:
    await catalogue.refresh()
    before = catalogue.models()
    stand_in.faults.add(Fault(BROKEN[kind], route=MODELS, times=4))
    assert not await catalogue.refresh()
    assert catalogue.models() == before
    assert catalogue.state.failed_looks == 1
    assert catalogue.state.last_failure
    assert catalogue.state.is_usable
    stand_in.faults.clear()
    assert await catalogue.refresh()
    assert catalogue.state.failed_looks == 0
    assert catalogue.state.last_failure is None


async def test_a_first_look_takes_what_can_be_used(
    catalogue: Catalogue, stand_in: VeniceStandIn
) -> None:
    stand_in.faults.add(Fault(models_answer(make_entry(), {}, None), route=MODELS))
    assert await catalogue.refresh()
    assert len(catalogue.models()) == 1
    assert catalogue.state.skipped_entries == 2


async def test_a_lesser_part_that_fails_keeps_what_was_known_of_it(
    catalogue: Catalogue, stand_in: VeniceStandIn
) -> None:
    await catalogue.refresh()
    styles = catalogue.styles()
    for route in ("/image/styles", "/models/traits", "/models/compatibility_mapping"):
        stand_in.faults.add(Fault(Answered(400, EmptyBody()), route=route))
    assert await catalogue.refresh()
    assert catalogue.styles() == styles
    assert catalogue.find("sdxl") is not None
    assert catalogue.find("highest_quality") is not None


async def test_callers_at_the_same_time_share_one_look(
    catalogue: Catalogue, stand_in: VeniceStandIn
) -> None:
    assert await asyncio.gather(*(catalogue.refresh() for _ in range(10))) == [True] * 10
    assert looks(stand_in) == 1
    await catalogue.refresh()
    assert looks(stand_in) == 2


async def test_if_the_one_who_looks_gives_up_another_looks(
    catalogue: Catalogue, stand_in: VeniceStandIn
) -> None:
    release = asyncio.Event()
    stand_in.faults.add(Fault(Held(release), route=MODELS))
    first = asyncio.create_task(catalogue.refresh())
    second = asyncio.create_task(catalogue.refresh())
    await stand_in.wait_for_requests(1, route=MODELS)
    first.cancel()
    assert await second
    assert looks(stand_in) == 2
    release.set()


async def test_a_start_without_network_has_the_last_catalogue(
    catalogue: Catalogue, cache_path: Path, clock: SkippingClock
) -> None:
    await catalogue.refresh()
    async with make_client(DEAD_URL, clock) as client:
        later = Catalogue(client, cache_path=cache_path, clock=clock)
        await later.load_cached()
        assert later.models() == catalogue.models()
        assert later.styles() == catalogue.styles()
        assert later.find("sdxl") == catalogue.find("sdxl")
        assert later.state.source is Source.DISK
        assert later.state.refreshed_at is None
        assert not await later.refresh()
        assert later.models() == catalogue.models()
        assert later.state.failed_looks == 1
    assert [path.name for path in cache_path.parent.iterdir()] == ["catalogue.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        '{"entries": 3}',
        '{"entries": [], "styles": []}',
        json.dumps({"entries": [{"id": "m"}], "styles": [], "traits": {}, "legacy_names": {}}),
    ],
)
async def test_a_kept_catalogue_that_is_none_is_ignored(
    catalogue: Catalogue, cache_path: Path, text: str
) -> None:
    cache_path.parent.mkdir()
    cache_path.write_text(text, "utf-8")
    await catalogue.load_cached()
    assert catalogue.models() == ()
    assert await catalogue.refresh()


async def test_nothing_kept_is_no_failure(catalogue: Catalogue) -> None:
    await catalogue.load_cached()
    assert catalogue.state == CatalogueState()


async def test_a_disk_that_cannot_be_written_costs_only_the_copy(
    client: VeniceClient, tmp_path: Path, clock: SkippingClock
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    catalogue = Catalogue(client, cache_path=in_the_way / "catalogue.json", clock=clock)
    assert await catalogue.refresh()
    assert catalogue.models()


class Keeping:
    """A catalogue that keeps itself fresh by a clock that a test moves."""

    def __init__(self, catalogue: Catalogue, clock: FakeClock, stand_in: VeniceStandIn) -> None:
        self.catalogue = catalogue
        self._clock = clock
        self._stand_in = stand_in

    async def looks_after(self, seconds: float) -> int:
        """How many looks there were in all, once that time has passed."""
        before = looks(self._stand_in)
        await settle()
        self._clock.move(seconds)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.3):
                await self._stand_in.wait_for_requests(before + 1, route=MODELS)
        async with self.catalogue._looking:  # until the look is over
            pass
        await settle()
        return looks(self._stand_in)


@contextlib.asynccontextmanager
async def kept_fresh(stand_in: VeniceStandIn, cache_path: Path) -> Any:
    clock = FakeClock()
    async with make_client(stand_in.base_url, clock) as client:  # type: ignore[arg-type]  # another clock
        catalogue = Catalogue(client, cache_path=cache_path, clock=clock)
        task = asyncio.create_task(catalogue.keep_fresh())
        try:
            yield Keeping(catalogue, clock, stand_in)
        finally:
            task.cancel()
            await asyncio.wait([task])


async def test_it_looks_every_ten_minutes(stand_in: VeniceStandIn, cache_path: Path) -> None:
    async with kept_fresh(stand_in, cache_path) as keeping:
        await keeping.catalogue.refresh()
        assert await keeping.looks_after(LOOK_AGAIN_AFTER_S) == 1
        assert await keeping.looks_after(REFRESH_EVERY_S - LOOK_AGAIN_AFTER_S) == 2
        assert await keeping.looks_after(REFRESH_EVERY_S / 2) == 2


async def test_it_looks_soon_after_a_model_was_missing(
    stand_in: VeniceStandIn, cache_path: Path
) -> None:
    async with kept_fresh(stand_in, cache_path) as keeping:
        await keeping.catalogue.refresh()
        assert await keeping.looks_after(LOOK_AGAIN_AFTER_S) == 1
        keeping.catalogue.note_missing_model()
        assert await keeping.looks_after(0) == 2
        keeping.catalogue.note_missing_model()
        assert await keeping.looks_after(LOOK_AGAIN_AFTER_S - 1) == 2
        assert await keeping.looks_after(1) == 3


async def test_without_a_catalogue_it_looks_again_soon(
    stand_in: VeniceStandIn, cache_path: Path
) -> None:
    stand_in.faults.add(Fault(Answered(400, EmptyBody()), route=MODELS, times=2))
    async with kept_fresh(stand_in, cache_path) as keeping:
        assert await keeping.looks_after(LOOK_AGAIN_AFTER_S) == 1
        assert await keeping.looks_after(LOOK_AGAIN_AFTER_S) == 2
        assert await keeping.looks_after(LOOK_AGAIN_AFTER_S) == 3
        assert keeping.catalogue.models()


async def test_an_answer_from_memory_takes_microseconds(catalogue: Catalogue) -> None:
    await catalogue.refresh()
    asked: list[Callable[[], object]] = [
        catalogue.models,
        catalogue.default,
        lambda: catalogue.find("Highest_Quality"),
    ]
    loop = asyncio.get_running_loop()
    started_s = loop.time()
    for _ in range(1_000):
        for ask in asked:
            ask()
    assert (loop.time() - started_s) / 3_000 < 0.000_5
