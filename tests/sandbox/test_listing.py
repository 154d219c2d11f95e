import pytest

from tests.sandbox.caller import Answer, Caller

NO_KEY: dict[str, str] = {}
WRONG_KEY = {"Authorization": "Bearer wrong-key"}


def ids(answer: Answer) -> list[str]:
    data = answer.json()["data"]
    assert isinstance(data, list)
    return [model["id"] for model in data]


@pytest.mark.parametrize("kind", ["image", "inpaint", "upscale", "all"])
async def test_models_are_listed_by_type(caller: Caller, kind: str) -> None:
    answer = await caller.get(f"/models?type={kind}", NO_KEY)
    data = answer.json()["data"]
    assert isinstance(data, list)
    assert answer.json()["type"] == kind
    assert {model["type"] for model in data} == (
        {"image", "inpaint", "upscale"} if kind == "all" else {kind}
    )


async def test_without_a_type_the_list_is_of_text_models_which_the_stand_in_lacks(
    caller: Caller,
) -> None:
    answer = await caller.get("/models")
    assert answer.json() == {"object": "list", "type": "text", "data": []}


async def test_an_unknown_type_is_a_400(caller: Caller) -> None:
    assert (await caller.get("/models?type=painting")).status == 400


async def test_every_name_in_traits_and_compatibility_is_a_listed_model(caller: Caller) -> None:
    for kind in ("image", "inpaint", "upscale"):
        listed = set(ids(await caller.get(f"/models?type={kind}")))
        for path in ("traits", "compatibility_mapping"):
            names = (await caller.get(f"/models/{path}?type={kind}")).json()["data"]
            assert isinstance(names, dict)
            assert set(names.values()) <= listed


async def test_the_catalogue_covers_every_idiom(caller: Caller) -> None:
    data = (await caller.get("/models?type=image")).json()["data"]
    assert isinstance(data, list)
    specs = [model["model_spec"] for model in data]
    limits = [spec["constraints"] for spec in specs]
    assert {8, 16} <= {c["widthHeightDivisor"] for c in limits if "aspectRatios" not in c}
    assert [c for c in limits if "aspectRatios" in c and "resolutions" not in c]
    tiers = {tier for c in limits for tier in c.get("resolutions", ())}
    assert {"1k", "1K"} <= tiers
    assert [c for c in limits if "qualities" in c]
    for flag in ("offline", "uncensored", "supportsWebSearch", "supportsStyleReferences"):
        assert {True, False} <= {spec.get(flag, False) for spec in specs}
    assert [s for s in specs if s.get("deprecation", {}).get("replacementModelId")]
    assert [s for s in specs if set(s["pricing"]) == {"upscale"}]
    edits = (await caller.get("/models?type=inpaint")).json()["data"]
    assert isinstance(edits, list)
    edit_limits = [model["model_spec"]["constraints"] for model in edits]
    assert {True, False} <= {"maxInputImages" in c for c in edit_limits}
    assert {True, False} <= {c["combineImages"] for c in edit_limits}


async def test_styles_need_no_key(caller: Caller) -> None:
    answer = await caller.get("/image/styles", NO_KEY)
    assert answer.status == 200
    styles = answer.json()["data"]
    assert isinstance(styles, list)
    assert "Watercolor" in styles


@pytest.mark.parametrize(
    "path", ["/image/styles", "/models/traits", "/models/compatibility_mapping"]
)
async def test_a_wrong_key_is_a_401_even_where_none_is_needed(caller: Caller, path: str) -> None:
    assert (await caller.get(path, WRONG_KEY)).status == 401


async def test_an_unknown_route_is_a_404_in_json(caller: Caller) -> None:
    answer = await caller.get("/no/such/route")
    assert (answer.status, answer.json()) == (404, {"error": "Not Found"})


async def test_a_wrong_method_is_a_405_in_json(caller: Caller) -> None:
    answer = await caller.get("/image/generate")
    assert (answer.status, answer.json()) == (405, {"error": "Method Not Allowed"})
