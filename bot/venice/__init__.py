"""The Venice image API. Usable alone: `from bot.venice import VeniceClient`."""

from bot.venice.answers import ImageAnswer, PictureFacts, VariantsAnswer
from bot.venice.body import ByteBudget, SpooledBody
from bot.venice.catalogue import Catalogue, CatalogueState
from bot.venice.client import PUBLIC_API_URL, VeniceClient
from bot.venice.clock import Clock, SystemClock
from bot.venice.credentials import BearerKey, Credentials
from bot.venice.errors import VeniceError
from bot.venice.gates import Limits
from bot.venice.many import Arrival, Arrivals
from bot.venice.no_tools import NoTools
from bot.venice.observer import CallObserver
from bot.venice.openai_backend import OpenAIPainter
from bot.venice.painter import VenicePainter
from bot.venice.retoucher import VeniceRetoucher
from bot.venice.retry import RetryPolicy
from bot.venice.transport import Timeouts
from bot.venice.wallet import Wallet
from bot.venice.wire.edit import EditImageRequest, MultiEditImageRequest
from bot.venice.wire.generate import GenerateImageRequest, StyleReference
from bot.venice.wire.generations import GenerationsRequest
from bot.venice.wire.retouch import RemoveBackgroundRequest, UpscaleImageRequest

__all__ = [
    "PUBLIC_API_URL",
    "Arrival",
    "Arrivals",
    "BearerKey",
    "ByteBudget",
    "CallObserver",
    "Catalogue",
    "CatalogueState",
    "Clock",
    "Credentials",
    "EditImageRequest",
    "GenerateImageRequest",
    "GenerationsRequest",
    "ImageAnswer",
    "Limits",
    "MultiEditImageRequest",
    "NoTools",
    "OpenAIPainter",
    "PictureFacts",
    "RemoveBackgroundRequest",
    "RetryPolicy",
    "SpooledBody",
    "StyleReference",
    "SystemClock",
    "Timeouts",
    "UpscaleImageRequest",
    "VariantsAnswer",
    "VeniceClient",
    "VeniceError",
    "VenicePainter",
    "VeniceRetoucher",
    "Wallet",
]
