"""What members see of `/preset`."""

import pytest

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, text_of


async def save(server: Server, name: str, **options: object) -> str:
    result = await server.alice.slash(server.general, "preset save", name=name, **options)
    assert result.ephemeral
    return text_of(answer(result))


async def use(server: Server, name: str, **options: object) -> str:
    result = await server.alice.slash(server.general, "preset use", name=name, **options)
    await server.finish()
    return text_of(answer(result))


async def test_a_preset_is_saved_used_listed_and_deleted(server: Server) -> None:
    said = await save(server, "Noir", style="Film Noir", aspect="16:9", seed=42)
    assert "The preset `Noir` is saved." in said

    painted = await use(server, "noir", prompt="a red fox")
    assert "a red fox" in painted
    assert "1280×720 · Film Noir · seed 42" in painted

    listed = await server.alice.slash(server.general, "preset list")
    assert listed.ephemeral
    assert '--style "Film Noir" --ar 16:9 --seed 42' in text_of(answer(listed))

    deleted = await server.alice.slash(server.general, "preset delete", name="NOIR")
    assert "The preset `Noir` is deleted." in text_of(answer(deleted))
    listed = await server.alice.slash(server.general, "preset list")
    assert "You have no presets yet." in text_of(answer(listed))


async def test_a_template_takes_what_is_typed_in_its_place(server: Server) -> None:
    await save(server, "Stamp", prompt="a postage stamp of {prompt}, engraved")

    assert "a postage stamp of a heron, engraved" in await use(server, "Stamp", prompt="a heron")


async def test_flags_in_a_presets_prompt_become_its_options(server: Server) -> None:
    await save(server, "Wide", prompt="{prompt}, at dusk --ar 16:9", steps=8, guidance=7.5)

    listed = await server.alice.slash(server.general, "preset list")
    assert "“{prompt}, at dusk” `--ar 16:9 --steps 8 --guidance 7.5`" in text_of(answer(listed))
    painted = await use(server, "Wide", prompt="a {red,blue} fox --seed 4")
    assert "a red fox, at dusk" in painted
    assert "1280×720 · seed 4" in painted


async def test_a_preset_with_a_prompt_needs_none(server: Server) -> None:
    await save(server, "Fox", prompt="a red fox", images=2)

    painted = await use(server, "Fox")

    assert "a red fox" in painted
    assert "seeds" in painted


async def test_imagine_takes_a_preset_and_what_is_said_now_counts_more(server: Server) -> None:
    await save(server, "Noir", style="Film Noir", seed=42)

    result = await server.imagine("a red fox", preset="noir", seed=7)

    assert "Film Noir · seed 7" in text_of(answer(result))


async def test_a_private_preset_is_answered_privately(server: Server) -> None:
    await save(server, "Secret", private=True)

    result = await server.alice.slash(
        server.general, "preset use", name="secret", prompt="a surprise"
    )
    await server.finish()

    assert result.ephemeral
    assert server.general.history(viewer=server.bob) == []


async def test_saving_under_the_same_name_says_that_it_replaces(server: Server) -> None:
    await save(server, "Noir", style="Film Noir")

    assert "in place of the former one" in await save(server, " noir ", style="Anime")


async def test_presets_are_ones_own_and_offered_while_typing(server: Server) -> None:
    await save(server, "Noir", style="Film Noir")

    mine = await server.alice.autocomplete(server.general, "imagine", "preset", "no")
    bobs = await server.bob.autocomplete(server.general, "imagine", "preset", "no")

    assert [choice["value"] for choice in mine] == ["Noir"]
    assert bobs == []


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("x", {}, "Give at least one option."),
        ("x", {"style": "Watercolur"}, "Did you mean `Watercolor`"),
        ("x", {"size": "2K"}, "This model has no tiers"),
        ("x", {"prompt": "a fox --seed 1", "seed": 2}, "Give only one."),
        ("x", {"steps": 99}, "`steps` 99 is out of range"),
        ("   ", {"seed": 1}, "A preset's name has 1 to 32 characters."),
    ],
)
async def test_what_could_not_be_painted_is_not_saved(
    server: Server, name: str, options: dict[str, object], says: str
) -> None:
    assert says in await save(server, name, **options)

    listed = await server.alice.slash(server.general, "preset list")
    assert "You have no presets yet." in text_of(answer(listed))


async def test_an_unknown_preset_is_answered_with_the_nearest_and_paints_nothing(
    server: Server, venice: VeniceStandIn
) -> None:
    await save(server, "Noir", style="Film Noir")

    said = await use(server, "Nior", prompt="a fox")

    assert "You have no preset called `Nior`. Did you mean `Noir`?" in said
    assert [request for request in venice.requests if request.route == "/image/generate"] == []
