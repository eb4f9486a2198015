"""Questions for what somebody said, or who said something, and the sentences that tell it."""

import re
from dataclasses import dataclass

from ....corpus.article import Article, Span
from ...language.speech.verbs import speech_verb
from ...query.terms import QueryTerms
from .said import is_by, named, quotations_of

_VERB = (
    r"say|said|tell|told|state|announce|warn|claim|deny|promise|stress|write|tweet|argue|explain"
)
_ON = "about|on|of|regarding|concerning"
# "What did Akar tell the minister about a truce?"
_WHAT = re.compile(
    rf"what\s+(?:else\s+)?(?:did|does|do|has|have|had)\s+(?P<speaker>\S.{{1,80}}?)\s+(?P<verb>{_VERB})"
    rf"(?:(?:\s+(?:to\s+)?(?!(?:{_ON})\b)[^\W\d]\S*){{0,3}}\s+(?:{_ON})\s+(?P<about>.+?))?\W*",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:who|which\s+\w+)\s+(?:has\s+|had\s+)?(?P<verb>said|says|claimed|claims|announced|warned|"
    r"denied|stated|argued|stressed)\s+(?:that\s+)?(?P<about>.+?)\W*"
    r"|according\s+to\s+whom\s+(?P<then>.+?)\W*",
    re.IGNORECASE,
)
_LEAST_SHARE = 0.5  # of the words of what it is about
_MOST_SHARE = 0.8  # of those of what somebody, who is asked for, said
_ALL = 0.99  # of its names
_ANY = frozenset(("say", "tell", "state", "write", "explain", "argue"))


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """Whose words are asked for, or whose they are if `speaker` is None, and about what."""

    speaker: str | None
    about: str
    verb: str

    def told_in(self, article: Article, sentence: Span, terms: QueryTerms | None) -> bool:
        """Return whether a sentence of an article tells what is asked for.

        `terms` are those of `about`, None where it is empty.
        """
        near = named(self.speaker, article) if self.speaker else None
        if self.speaker and near is None:
            return False
        theirs = is_by(self.speaker) if self.speaker else None
        return any(
            one.sentence[0] < sentence[1]
            and sentence[0] < one.sentence[1]
            and (theirs is None or theirs(one))
            and (self.verb in _ANY or one.verb == self.verb)
            and self._is_about(article.text[slice(*one.sentence)], terms)
            for one in quotations_of(article, near)
        )

    def _is_about(self, said: str, terms: QueryTerms | None) -> bool:
        if terms is None:
            return True
        least = _LEAST_SHARE if self.speaker else _MOST_SHARE
        return terms.share(said) >= least and terms.share_of_names(said) >= _ALL


def words_asked(question: str) -> WordsAsked | None:
    """Return what a question asks of who said what, or None if it asks something else.

    >>> words_asked("What did Kalın say about a corridor?")
    WordsAsked(speaker='Kalın', about='a corridor', verb='say')
    >>> words_asked("Who said that the port would open?").about
    'the port would open'
    >>> words_asked("What did Akar tell Shoigu about a truce?").about
    'a truce'
    >>> words_asked("What did Lund say to the crew?")
    """
    text = question.strip()
    if what := _WHAT.fullmatch(text):
        return WordsAsked(what["speaker"], what["about"] or "", what["verb"].lower())
    if who := _WHO.fullmatch(text):
        verb = speech_verb(who["verb"]) if who["verb"] else None
        return WordsAsked(None, who["about"] or who["then"], verb.lemma if verb else "say")
    return None
