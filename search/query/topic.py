"""The topic of a conversation: the phrase weighted highest by where and how often it occurs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import takewhile
from math import log1p

from ...corpus.text.analysis import STOP_WORDS
from ..language.lexicon import stem_of
from ..language.names import is_people

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")
_POSSESSIVE = re.compile(r"['’]s?\Z")
# Words of conversation and explanation that are no topic themselves.
_GENERAL = frozenset(
    """
    able about above actually again ahh all also another answer around article articles aspects
    away back based became become before being believe besides best better between both briefly
    call called came case certain come common compare compared consider considered cool course
    describe detail details difference differences different does doing done down during each
    else enough especially etc even ever every exactly example examples explain fact few first
    five found four friend further gave general get gets getting give given go goes going good
    got great had happen happened happens having hear held heard help helped helps high his hmm how
    however important include included includes including information instead interested
    interesting it's itself just kind kinds know known large last later least led less let let's
    like likely list little long look looked looking lot low made main make makes making may
    maybe mean means meant mention mentioned might mind moment more most must my need needs
    never new next number off often oh ok okay old one ones only other others ought our over own
    part particular people per please point popular probably put question quite rather really
    reason reasons recent recently regarding related said same saw say saying says second see
    seem seems seen set several shall show since something sort sorts sound sounds still such
    sure take taken takes talk talked talking tell than thank thanks that's there's thing things
    think third though thought three through time times told too took topic tried try turn two
    type types under understand until up upon us use used uses using usually various very want
    wanted wants was way ways well went were what's whether which while who's why within without
    word words work worked works would wow year years yes yet you're
    """.split()
)
_NO_TOPIC = STOP_WORDS | _GENERAL
_LONGEST = 3  # words of a phrase
# Set by hand on half of CAsT 2021's topics (docs/experiments.md, Follow-up questions).
_IN_QUESTION, _IN_QUESTIONS, _IN_TURNS = 1.8, 1.1, 1.3
_IN_ANSWERS, _OF_ANSWER = 1.1, 0.7
_PER_WORD = 0.3


Phrase = tuple[str, ...]


@lru_cache(maxsize=100)
def content_stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's content words, in order.

    >>> content_stems("Tell me more about the talks in Istanbul!")
    ('talk', 'istanbul')
    """
    return tuple(stem_of(word) for word in _words(text) if _is_content(word))


def topic_of(
    question: str,
    told: str,
    asked: str,
    questions: Sequence[str],
    answers: Sequence[str],
) -> str | None:
    """Return the phrase that tells what a question is about, or None if it has the topic itself.

    `told` is the question with its pronouns replaced, `asked` the rewritten question before it;
    `questions` and `answers` are those of the conversation. No word of `told` is repeated.
    """
    own, held = set(content_stems(question)), set(content_stems(told))
    weights = _weights(own, asked, questions, answers)
    phrases = {
        phrase: _weight(phrase, weights)
        for phrase in dict.fromkeys(_phrases([asked, *answers[-1:]]))
        if held.isdisjoint(map(stem_of, phrase)) and not _is_verb(phrase, asked)
    }
    best = max(phrases, key=lambda phrase: phrases[phrase], default=None)
    if best is None or max((weights[stem] for stem in own), default=0.0) > phrases[best]:
        return None
    return _with_what_it_is_of(_POSSESSIVE.sub("", " ".join(best)), asked, held)


def _is_verb(phrase: Phrase, asked: str) -> bool:
    """Return whether a word is all that a question says of what "who" does: "wrote"."""
    if len(phrase) != 1 or not re.match(rf"who\s+{re.escape(phrase[0])}\b", asked, re.I):
        return False
    return content_stems(asked) == (stem_of(phrase[0]),)


def _with_what_it_is_of(topic: str, asked: str, held: Set[str]) -> str:
    """Return the topic with the words that tell it from others: "tax on second homes"."""
    found = re.search(rf"(?<!\w){re.escape(topic)}\s+(?:of|on|for|against)\s+([^?.!,;()]+)", asked)
    said = found[1].split()[: _LONGEST - 1] if found else []
    words = [*takewhile(lambda word: word.lower() not in STOP_WORDS, said)]
    if not found or not words or not _is_content(words[-1]):
        return topic
    if not held.isdisjoint(map(stem_of, words)):
        return topic
    return f"{asked[found.start() : found.start(1)]}{' '.join(words)}"


def _weights(
    own: Iterable[str], asked: str, questions: Sequence[str], answers: Sequence[str]
) -> dict[str, float]:
    """Return the weight of each stem that may be of the topic."""
    in_asked = set(content_stems(asked))
    in_questions = [content_stems(text) for text in questions]
    in_answers = [content_stems(text) for text in answers]
    last = in_answers[-1] if in_answers else []
    turns = Counter(stem for turn in (*in_questions, *in_answers) for stem in set(turn))
    asked_often = Counter(stem for turn in in_questions for stem in set(turn))
    answered, of_last = Counter(stem for turn in in_answers for stem in turn), Counter(last)
    most = max(of_last.values(), default=1)
    said = max(1, len(questions) + len(answers))
    return {
        stem: _IN_QUESTION * (stem in in_asked)
        + _IN_QUESTIONS * log1p(asked_often[stem])
        + _IN_TURNS * turns[stem] / said
        + _IN_ANSWERS * log1p(answered[stem])
        + _OF_ANSWER * log1p(of_last[stem]) / log1p(most)
        for stem in {*own, *in_asked, *last}
    }


def _weight(phrase: Phrase, weights: dict[str, float]) -> float:
    mean = sum(weights[stem_of(word)] for word in phrase) / len(phrase)
    return mean + _PER_WORD * (len(phrase) - 1)


def _phrases(texts: Iterable[str]) -> Iterator[Phrase]:
    """Return the parts of all runs of content words."""
    for text in texts:
        run: list[str] = []
        for word in [*_words(text), "."]:
            if _is_content(word):
                run.append(word)
            else:
                yield from _parts(run)
                run = []


def _parts(run: Sequence[str]) -> Iterator[Phrase]:
    for length in range(1, min(_LONGEST, len(run)) + 1):
        for end in range(length, len(run) + 1):
            phrase = tuple(run[end - length : end])
            # "Turkey's" or "Turkish" is no topic without what follows it.
            describes = _POSSESSIVE.search(phrase[-1]) or is_people(phrase[-1])
            if not (describes and end < len(run)) and len(set(map(stem_of, phrase))) == length:
                yield phrase


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_content(word: str) -> bool:
    bare = _POSSESSIVE.sub("", word.lower())
    return len(bare) > 1 and not bare.isdigit() and bare not in _NO_TOPIC
