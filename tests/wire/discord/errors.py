"""What Discord answers when it refuses a request: a status, a code and a sentence.

The codes are those of Discord's table of JSON error codes.
"""

from tests.wire.discord.json_types import JsonObject


class RequestRefused(Exception):
    """Ends a request with Discord's error body."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message

    def body(self) -> JsonObject:
        return {"message": self.message, "code": self.code}


def unauthorized() -> RequestRefused:
    return RequestRefused(401, 0, "401: Unauthorized")


def route_not_found() -> RequestRefused:
    return RequestRefused(404, 0, "404: Not Found")


def unknown_channel() -> RequestRefused:
    return RequestRefused(404, 10003, "Unknown Channel")


def unknown_guild() -> RequestRefused:
    return RequestRefused(404, 10004, "Unknown Guild")


def unknown_message() -> RequestRefused:
    return RequestRefused(404, 10008, "Unknown Message")


def unknown_user() -> RequestRefused:
    return RequestRefused(404, 10013, "Unknown User")


def unknown_webhook() -> RequestRefused:
    return RequestRefused(404, 10015, "Unknown Webhook")


def unknown_interaction() -> RequestRefused:
    return RequestRefused(404, 10062, "Unknown interaction")


def too_many_commands() -> RequestRefused:
    return RequestRefused(400, 30032, "Maximum number of application commands reached (100)")


def entity_too_large() -> RequestRefused:
    return RequestRefused(413, 40005, "Request entity too large")


def already_acknowledged() -> RequestRefused:
    return RequestRefused(400, 40060, "Interaction has already been acknowledged.")


def missing_access() -> RequestRefused:
    return RequestRefused(403, 50001, "Missing Access")


def empty_message() -> RequestRefused:
    return RequestRefused(400, 50006, "Cannot send an empty message")


def direct_messages_closed() -> RequestRefused:
    return RequestRefused(403, 50007, "Cannot send messages to this user")


def missing_permissions() -> RequestRefused:
    return RequestRefused(403, 50013, "Missing Permissions")


def invalid_webhook_token() -> RequestRefused:
    return RequestRefused(401, 50027, "Invalid Webhook Token")


def invalid_form(reason: str) -> RequestRefused:
    """A field is not as Discord takes it; Discord puts the reason beside the message."""
    return RequestRefused(400, 50035, f"Invalid Form Body: {reason}")


def invalid_json() -> RequestRefused:
    return RequestRefused(400, 50109, "The request body contains invalid JSON.")
