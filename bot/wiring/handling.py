"""What the buttons under a result call: built here and handed what it needs."""

from bot.services.asking.presses import Presses
from bot.services.asking.redo import RedoService
from bot.services.moderation.review_desk import ReviewDesk
from bot.services.results.deletion import DeletionService
from bot.services.results.details import DetailsService
from bot.services.results.feedback import FeedbackService
from bot.services.results.originals import OriginalsService
from bot.services.results.results import ResultReader
from bot.services.results.sharing import SharingService
from bot.services.schedule.errands import Errands
from bot.services.services import ResultServices
from bot.wiring.ground import Ground


def build_result_services(
    ground: Ground,
    reader: ResultReader,
    redo: RedoService,
    *,
    errands: Errands,
    desk: ReviewDesk,
) -> ResultServices:
    """The services of results: reading them, asking again, sharing, deleting, judging."""
    storage, pictures, clock = ground.database, ground.pictures, ground.clock
    return ResultServices(
        reader=reader,
        redo=redo,
        sharing=SharingService(
            storage=storage,
            pictures=pictures,
            policies=ground.policies,
            clock=clock,
            bell=ground.bell,
            gate_log=ground.gate_log,
        ),
        deletion=DeletionService(storage=storage, pictures=pictures, desk=desk, clock=clock),
        feedback=FeedbackService(storage=storage, clock=clock, errands=errands),
        details=DetailsService(storage),
        originals=OriginalsService(
            storage=storage,
            pictures=pictures,
            policies=ground.policies,
            gate_log=ground.gate_log,
        ),
        presses=Presses(clock),
    )
