"""Which passages are about a matter, and which articles are left out of it."""

import re
from dataclasses import dataclass, replace
from datetime import date

from ...corpus.text.analysis import STOP_WORDS
from ...index.archive import Archive
from ..errors import MatterNamesNothing
from ..models import Models
from ..query.query import Query
from ..query.spelling import corrected
from ..question import MOST_PASSAGES, Filters, Question
from ..results import RankedPassage
from ..retrieval.no_results import why_no_results
from ..retrieval.retriever import passing_articles
from ..retrieval.searching import rank_candidates, shown_passages
from .lines import Reason

_WORD = re.compile(r"[^\W_]+")
# A passage is about a matter if it has this share of the matter's words, its title included, and
# all its names; or else this cosine.
_LEAST_SHARE = 0.6
_NEARLY_ALL = 0.99
_LEAST_COSINE = 0.5


@dataclass(frozen=True, slots=True)
class About:
    """What an archive has about a matter.

    `understood` is the matter as it was looked for, its spelling corrected. `passages` are those
    that are about it, the nearest first. `undated` counts the articles that a filter by date leaves
    out because they state no day of publication. Where there are no passages, `reason` says why,
    and `hint` in a sentence. `more` says that there were more passages than are looked at.
    """

    understood: str
    passages: tuple[RankedPassage, ...]
    undated: int = 0
    more: bool = False
    reason: Reason | None = None
    hint: str = ""


def check_matter(matter: str, limit: int, offset: int, filters: Filters | None) -> Question:
    """Return a matter as it is searched for. Raises a QuestionError."""
    asked = Question(matter, limit, filters=filters or Filters(), offset=offset)
    words = [found[0].lower() for found in _WORD.finditer(asked.text)]
    if not any(len(one) > 1 and not one.isdigit() and one not in STOP_WORDS for one in words):
        raise MatterNamesNothing(matter=asked.text)
    return replace(asked, limit=MOST_PASSAGES, offset=0, per_article=None)


def about_matter(asked: Question, archive: Archive, models: Models) -> About:
    """Return the passages that are about a matter, or why there are none.

    Of near-duplicates one article is looked at, which names the others.
    """
    asked = replace(asked, text=corrected(asked.text, archive))
    undated = undated_left_out(asked.filters, archive)
    passing = passing_articles(asked.filters, archive)
    if not len(archive.article_numbers() if passing is None else passing):
        hint = why_no_results(asked.filters, archive)
        return About(asked.text, (), undated, reason="empty", hint=hint)
    query = Query(asked, archive.snapshot())
    ranking = rank_candidates(query, archive, models.encoder)
    found = shown_passages(query, ranking, archive)
    near = tuple(ranked for ranked in found if _is_about(query, ranked))
    if not near:
        return About(asked.text, (), undated, reason="nothing_near", hint=_nothing_near(asked))
    more = len(near) == len(found) < len(ranking.candidates)
    return About(asked.text, near, undated, more)


def undated_left_out(filters: Filters, archive: Archive) -> int:
    """Return how many articles a filter by date leaves out because they state no day."""
    if not (filters.since or filters.last_day):
        return 0
    sources, tags = filters.sources, filters.tags
    dated = archive.article_numbers(sources, until=date.max, tags=tags)
    return len(archive.article_numbers(sources, tags=tags)) - len(dated)


def _is_about(query: Query, ranked: RankedPassage) -> bool:
    text = f"{ranked.article.title}\n{ranked.passage.text}"
    if query.terms.share_of_names(text) < _NEARLY_ALL:
        return False
    near = (ranked.scores.dense or 0.0) >= _LEAST_COSINE
    return near or query.terms.share(text) >= _LEAST_SHARE


def _nothing_near(asked: Question) -> str:
    return f"No article is about “{asked.text}”."
