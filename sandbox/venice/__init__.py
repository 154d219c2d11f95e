"""A stand-in for the Venice image API that runs on loopback and paints real pictures.

It obeys the published contract and what callers saw of the API, needs no network, and can be
told to misbehave (`sandbox.venice.faults`). `python -m sandbox.venice` runs it alone.
"""

from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn

__all__ = ["StandInOptions", "VeniceStandIn"]
