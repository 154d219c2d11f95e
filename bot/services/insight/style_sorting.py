"""What kind of prompt the pictures in styles were painted from, looked at once a picture."""

from bot.domain.asking.any_recipe import prompt_of, server_style_of
from bot.domain.ids import ImageId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.prompt_kind import kind_of_prompt
from bot.domain.insight.style_tally import StyledPicture
from bot.domain.jobs.job import Job
from bot.domain.voting.credits import style_key
from bot.services.storage_ports import Storage
from bot.services.styles.book import StyleBook

AT_ONCE = 25
_MOST_IN_A_ROUND = 5_000


class StyleSorter:
    """Sorts pictures in styles by their prompts."""

    def __init__(self, *, storage: Storage, styles: StyleBook) -> None:
        self._storage = storage
        self._styles = styles

    def sorted(self, image_id: ImageId, job: Job) -> StyledPicture | None:
        """A picture as votes on it are counted; None without a style."""
        style = style_key(job)
        if style is None:
            return None
        return StyledPicture(
            image_id=image_id,
            style=style,
            model=job.recipe.model,
            kind=self._kind_of(job),
            painted_at=job.created_at,
        )

    async def sort_earlier(self) -> int:
        """Sort pictures that were voted on before prompts were looked at; how many.

        Some at a time, so that nobody waits for long, and a part of very many.
        """
        done = 0
        while done < _MOST_IN_A_ROUND:
            async with self._storage.write() as tx:
                some = await tx.style_insight.unsorted(limit=AT_ONCE)
                jobs = {image_id: await tx.jobs.by_image(image_id) for image_id in some}
                await tx.style_insight.sort(
                    {
                        image_id: PromptKind.OTHER if job is None else self._kind_of(job)
                        for image_id, job in jobs.items()
                    }
                )
            done += len(some)
            if len(some) < AT_ONCE:
                break
        return done

    def _kind_of(self, job: Job) -> PromptKind:
        """By the member's words: those of a server's style stand in the prompt too."""
        style_id = server_style_of(job.request)
        style = self._styles.by_id(job.origin.guild_id, style_id) if style_id else None
        template = "" if style is None else style.draft.template
        return kind_of_prompt(prompt_of(job.request), besides=template).kind
