"""Candidate sentences made by hand, of articles that are one passage each."""

from datetime import date

from dragoman.corpus.article import Article, Passage
from dragoman.corpus.text.sentences import sentence_spans
from dragoman.search.answering.sentences import CandidateSentence
from dragoman.search.reading.reader import FoundSpan, Reading
from dragoman.search.results import RankedPassage, Scores


def made_candidate(
    text: str,
    answer: str,
    id: str = "a",
    score: float = 1.0,
    probability: float = 0.9,
    published: date | None = None,
) -> CandidateSentence:
    """Return the sentence of `text`, the text of the article `id`, that has `answer` first."""
    start = text.index(answer)
    sentence = next(span for span in sentence_spans(text) if start < span[1])
    found = FoundSpan(sentence, (start, start + len(answer)), 5.0)
    article = Article(id=id, title=f"Title of {id}", text=text, published=published)
    ranked = RankedPassage(
        rank=1,
        passage=Passage(id, 0, (0, len(text)), text),
        article=article,
        score=score,
        scores=Scores(),
        reading=Reading(probability, 1.0, (found,), 0.0),
    )
    return CandidateSentence(ranked, found, 0.5, True, score)
