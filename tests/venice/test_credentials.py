"""Keys are sent, and shown to nobody."""

from bot.venice import BearerKey, VeniceClient
from bot.venice.credentials import NoCredentials


async def test_a_key_is_sent_with_every_try() -> None:
    key = BearerKey("test-key")
    assert await key.headers() == {"Authorization": "Bearer test-key"}
    assert key.most_in_flight is None


def test_a_key_is_in_no_repr() -> None:
    key = BearerKey("test-key")
    assert "test-key" not in f"{key!r} {key} {VeniceClient(credentials=key)!r}"


def test_a_key_that_the_api_repeats_is_hidden() -> None:
    assert BearerKey("test-key").redacted("no such key: test-key") == "no such key: [hidden]"
    assert BearerKey("").redacted("nothing to hide") == "nothing to hide"


async def test_without_credentials_nothing_is_sent() -> None:
    nobody = NoCredentials()
    assert await nobody.headers() == {}
    assert nobody.most_in_flight is None
    assert nobody.redacted("as it is") == "as it is"
