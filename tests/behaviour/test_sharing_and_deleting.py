"""Who gets to see a result: sharing a private one, and deleting one for good."""

from pathlib import Path

from simcord import MemberActor

from bot.settings import Settings
from tests.behaviour.server import Server, answer, buttons_of, gallery_of, text_of

ANSWER = "/webhooks/*/messages/*"


def kept_pictures(settings: Settings) -> list[Path]:
    return list((settings.data_dir / "images").glob("??/*"))


async def delete(server: Server, member: MemberActor, question_under: object) -> str:
    """Press Delete under a result and confirm; what the bot says."""
    question = await server.press(member, answer(question_under), "Delete")  # type: ignore[arg-type]
    done = await server.press(member, answer(question), "Delete for good")
    return text_of(answer(done)) if done.response else text_of(answer(question))


# Sharing


async def test_a_shared_picture_is_posted_for_all_to_see_and_press(server: Server) -> None:
    private = await server.imagine("a surprise for Bob", private=True, images=2, seed=42)
    question = await server.press(server.alice, answer(private), "Share")

    shared = await server.press(server.alice, answer(question), "2")

    assert shared.ephemeral
    assert f"being shared in <#{server.general.id}>" in text_of(answer(shared))
    [message] = server.general.history(viewer=server.bob)
    assert len(gallery_of(message)) == 1
    assert "seed 43 · $0.01" in text_of(message)
    assert f"Shared by <@{server.alice.id}>." in text_of(message)
    assert "Report" in buttons_of(message)[-2]
    again = await server.press(server.bob, message, "Reroll")
    assert not again.ephemeral


async def test_sharing_costs_nothing(server: Server) -> None:
    private = await server.imagine("a surprise for Bob", private=True)
    await server.press(server.alice, answer(private), "Share")

    quota = await server.alice.slash(server.general, "quota")

    assert "24 images" in text_of(answer(quota))


async def test_a_shared_picture_does_not_lead_others_to_its_private_source(server: Server) -> None:
    private = await server.imagine("a surprise for Bob", private=True)
    await server.press(server.alice, answer(private), "Share")
    [message] = server.general.history(viewer=server.bob)

    details = await server.press(server.bob, message, "Details")

    said = text_of(answer(details))
    assert "1. a private picture" in said
    assert f"{answer(private).id}" not in said


async def test_a_private_result_that_came_by_direct_message_is_shared_where_it_was_asked_for(
    server: Server,
) -> None:
    with server.refusing("PATCH", ANSWER, status=404, code=10008):
        await server.imagine("a surprise for Bob", private=True)
    [private] = server.alice.user.dm_channel.history()

    await server.alice.user.click(private, label="Share")
    await server.finish()

    [message] = server.general.history(viewer=server.bob)
    assert len(gallery_of(message)) == 1


async def test_a_picture_that_is_no_longer_kept_cannot_be_shared(
    server: Server, settings: Settings
) -> None:
    private = await server.imagine("a surprise for Bob", private=True)
    for path in kept_pictures(settings):
        path.unlink()

    refused = await server.press(server.alice, answer(private), "Share")

    assert refused.ephemeral
    assert "The bot no longer keeps this picture." in text_of(answer(refused))


# Deleting


async def test_a_member_deletes_their_own_result_after_being_asked(
    server: Server, settings: Settings
) -> None:
    first = await server.imagine("a red fox", images=2)
    question = await server.press(server.alice, answer(first), "Delete")
    assert question.ephemeral
    assert "Delete this result for good?" in text_of(answer(question))
    assert len(server.general.history(viewer=server.bob)) == 1

    await server.press(server.alice, answer(question), "Delete for good")

    assert "The result is deleted." in text_of(answer(question))
    assert buttons_of(answer(question)) == []
    assert server.general.history(viewer=server.bob) == []
    assert kept_pictures(settings) == []
    quota = await server.alice.slash(server.general, "quota")
    assert "23 images" in text_of(answer(quota))


async def test_others_are_told_who_may_delete(server: Server) -> None:
    first = await server.imagine("a red fox")

    refused = await server.press(server.bob, answer(first), "Delete")

    assert refused.ephemeral
    assert "Only the member who asked for this result" in text_of(answer(refused))
    assert "Rule: `not_your_result`." in text_of(answer(refused))


async def test_a_moderator_deletes_anybodys_result(server: Server) -> None:
    moderator = server.add_moderator()
    first = await server.imagine("a red fox")

    said = await delete(server, moderator, first)

    assert "The result is deleted." in said
    assert server.general.history(viewer=server.bob) == []


async def test_a_private_result_is_deleted_as_far_as_discord_lets_the_bot(
    server: Server, settings: Settings
) -> None:
    first = await server.imagine("a surprise for Bob", private=True)
    server.env.inject_error(
        "DELETE", "/channels/*/messages/*", status=404, code=10008, message="Unknown Message"
    )

    said = await delete(server, server.alice, first)

    assert "deleted from the bot's records" in said
    assert kept_pictures(settings) == []


async def test_under_a_deleted_result_nothing_works_any_more(server: Server) -> None:
    first = await server.imagine("a red fox")
    child = await server.press(server.bob, answer(first), "Reroll")
    server.env.inject_error(
        "DELETE", "/channels/*/messages/*", status=403, code=50001, message="Missing Access"
    )
    message = answer(first)
    await delete(server, server.alice, first)

    for label in ("Remix", "Vary", "Favourite", "Details", "Report", "Delete"):
        result = await server.press(server.bob, message, label)
        assert "This result was deleted" in text_of(answer(result))
    details = await server.press(server.bob, answer(child), "Details")
    assert "1. a deleted picture" in text_of(answer(details))
