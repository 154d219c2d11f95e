"""The Venice image API. Usable alone: `from bot.venice import VeniceClient`."""

from bot.venice.catalogue import Catalogue
from bot.venice.client import GeneratedImage, Timeouts, VeniceClient
from bot.venice.clock import Clock, SystemClock
from bot.venice.credentials import BearerKey, Credentials
from bot.venice.errors import VeniceError
from bot.venice.painter import VenicePainter
from bot.venice.retry import RetryPolicy
from bot.venice.wire import GenerateImageRequest, StyleReference

__all__ = [
    "BearerKey",
    "Catalogue",
    "Clock",
    "Credentials",
    "GenerateImageRequest",
    "GeneratedImage",
    "RetryPolicy",
    "StyleReference",
    "SystemClock",
    "Timeouts",
    "VeniceClient",
    "VeniceError",
    "VenicePainter",
]
