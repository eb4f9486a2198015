"""Which passages are about a matter, and which articles are left out of it."""

import re
from dataclasses import dataclass, replace

from ...corpus.text.analysis import STOP_WORDS
from ...index.archive import Archive
from ..errors import MatterNamesNothing
from ..language.corrections import retracts
from ..models import Models
from ..query.query import Query
from ..query.spelling import corrected
from ..question import MOST_PASSAGES, Filters, Question
from ..results import RankedPassage
from ..retrieval.no_results import why_no_results
from ..retrieval.retriever import as_known, passing_articles, undated_left_out
from ..retrieval.searching import rank_candidates, shown_passages
from .kin import kin_of, own_names
from .lines import Reason

_WORD = re.compile(r"[^\W_]+")
# An article is about a matter if a passage of it has all its names and, its title included, this
# share of its words; or else this cosine; or somewhat less of both.
_LEAST_SHARE, _LEAST_COSINE = 0.6, 0.45
_SOME_SHARE, _SOME_COSINE = 0.4, 0.3
_WITHDRAWN = "“{}” is left out: its outlet has withdrawn it."
_NEARLY_ALL = 0.99


@dataclass(frozen=True, slots=True)
class About:
    """What an archive has about a matter.

    `query` is the matter as it was looked for, its spelling corrected. `passages` are the nearest
    of the articles that are about it, the best first. `undated` counts the articles that a filter
    by date leaves out because they state no day of publication. Where there are no passages,
    `reason` says why, and `hint` in a sentence. `more` says that there were more passages than are
    looked at. `names` are words of names that are seldom found but in articles about the matter.
    `left_out` says of articles that were withdrawn that they are not among them.
    """

    passages: tuple[RankedPassage, ...]
    query: Query
    undated: int = 0
    more: bool = False
    reason: Reason | None = None
    hint: str = ""
    names: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()

    @property
    def understood(self) -> str:
        """The matter with its spelling corrected."""
        return self.query.text


def check_matter(matter: str, limit: int, offset: int, filters: Filters | None) -> Question:
    """Return a matter as it is searched for. Raises a QuestionError."""
    asked = Question(matter, limit, filters=filters or Filters(), offset=offset)
    words = [found[0].lower() for found in _WORD.finditer(asked.text)]
    if not any(len(one) > 1 and not one.isdigit() and one not in STOP_WORDS for one in words):
        raise MatterNamesNothing(matter=asked.text)
    return replace(asked, limit=MOST_PASSAGES, offset=0, per_article=None)


def about_matter(
    asked: Question, archive: Archive, models: Models, with_kin: bool = False
) -> About:
    """Return the passages that are about a matter, or why there are none.

    Of near-duplicates one article is looked at, which names the others. With `with_kin`, where the
    matter names something, articles that name what is only named with it are about it too.
    """
    undated = undated_left_out(asked.filters, archive)
    archive = as_known(asked.filters, archive)
    asked = replace(asked, text=corrected(asked.text, archive))
    query = Query(asked, archive.snapshot())
    passing = passing_articles(asked.filters, archive)
    if not len(archive.article_numbers() if passing is None else passing):
        hint = why_no_results(asked.filters, archive)
        return About((), query, undated, reason="empty", hint=hint)
    ranking = rank_candidates(query, archive, models.encoder)
    found = shown_passages(query, ranking, archive)
    about = [ranked for ranked in found if _is_about(query, ranked)]
    articles = {ranked.article.id for ranked in about}
    names = own_names(about, query) if with_kin else frozenset[str]()
    articles |= {one.article.id for one in kin_of(found, names)}
    near = tuple(ranked for ranked in found if ranked.article.id in articles)
    if not near:
        return About((), query, undated, reason="nothing_near", hint=_nothing_near(asked))
    more = len(near) == len(found) < len(ranking.candidates)
    return About(near, query, undated, more, names=names)


def without_withdrawn(about: About) -> About:
    """Return what an archive has about a matter, without what another article withdraws.

    Articles that say of themselves that they are withdrawn stay, and are marked as such.
    """
    if not any(retracts(one.passage.text) for one in about.passages):
        return about
    from .conflicts.amending import withdrawn_in_others  # its patterns compile slowly

    gone = withdrawn_in_others(about.passages)
    titles = {one.article.id: one.article.title for one in about.passages}
    standing = tuple(one for one in about.passages if one.article.id not in gone)
    left_out = tuple(_WITHDRAWN.format(titles[id]) for id in sorted(gone))
    about = replace(about, passages=standing, left_out=left_out)
    return about if standing else replace(about, reason="nothing_told", hint=left_out[0])


def _is_about(query: Query, ranked: RankedPassage) -> bool:
    text = f"{ranked.article.title}\n{ranked.passage.text}"
    if query.terms.share_of_names(text) < _NEARLY_ALL:
        return False
    near, share = ranked.scores.dense or 0.0, query.terms.share(text)
    some = near >= _SOME_COSINE and share >= _SOME_SHARE
    return some or near >= _LEAST_COSINE or share >= _LEAST_SHARE


def _nothing_near(asked: Question) -> str:
    return f"No article is about “{asked.text}”."
