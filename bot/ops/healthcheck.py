"""`python -m bot.ops.healthcheck`: whether the bot of this machine answers, as an exit code.

For containers, whose images have no other program to ask with. It imports nothing of the bot.
"""

import http.client
import os
import sys
from collections.abc import Mapping
from http import HTTPStatus

_TIMEOUT_S = 3.0
_EVERY_ADDRESS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - recognised, not bound to


def ask(environment: Mapping[str, str]) -> int:
    """0 if `/healthz` answers, or is not served at all; else 1."""
    port = int(environment.get("HTTP_PORT") or 0)
    if not port:
        return 0
    host = environment.get("HTTP_HOST", "")
    connection = http.client.HTTPConnection(
        "127.0.0.1" if host in _EVERY_ADDRESS else host, port, timeout=_TIMEOUT_S
    )
    try:
        connection.request("GET", "/healthz")
        return int(connection.getresponse().status != HTTPStatus.OK)
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(ask(os.environ))
