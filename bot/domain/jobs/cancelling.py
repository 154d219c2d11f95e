"""What becomes of a wish to cancel."""

from enum import StrEnum


class Cancelling(StrEnum):
    """What became of the wish to cancel."""

    CANCELLED = "cancelled"
    """Nothing had been sent; the job has ended."""

    STOPPING = "stopping"
    """What is not sent yet will not be; what was sent will be shown."""

    TOO_LATE = "too_late"
    """The job has ended, or was cancelled before."""
