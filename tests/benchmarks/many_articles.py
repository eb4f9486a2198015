"""Any number of made-up articles with passages and vectors, without encoding each of them.

A passage is made of the sentences of two real passages, the seeds: most of the first and some of
the second, with a part of their words, names and figures replaced. Its vector is the mean of the
seeds' real vectors, moved towards that of a third one, as the encoder moves when words are
replaced. One article in twenty is a reprint of another, whole or cut.

An article depends on its number alone: making them may be interrupted and resumed.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.corpus.article import Article, Passage
from dragoman.corpus.loading import read_articles
from dragoman.corpus.text.sentences import sentence_spans
from dragoman.index.archive import EncodedArticle
from dragoman.index.encoding.encoder import Encoder
from dragoman.index.local.archive import LocalArchive
from dragoman.search.bundled import BUNDLED
from dragoman.search.language.misspelling import english_words

Vectors = NDArray[np.float32]

SOURCES = [f"Outlet {number}" for number in range(1, 41)]
FIRST_DAY, DAYS = date(2013, 1, 1), 3650
MOVED = 0.45  # how much of the third seed's vector is in a passage's
_BUNDLED_SEEDS = 3_000  # passages of recombined sentences, where no archive is given
_REPLACED = 0.15  # of the words
_REPRINTED = 20  # one article in so many
_PASSAGES = range(1, 20)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]{4,}")
_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "er")]


@dataclass(frozen=True)
class Seeds:
    """Real passages, as the sentences of each, with the encoder's vectors and their titles."""

    sentences: Sequence[Sequence[str]]
    vectors: Vectors
    titles: Sequence[str]

    def article(self, number: int) -> EncodedArticle:
        """Return the article of this number, its passages and their vectors."""
        chance = random.Random(number)
        if number % _REPRINTED or not number:
            return self._written(chance, number)
        # The same few are reprinted most, so that some families are large.
        original = int(number * chance.random() ** 3) // _REPRINTED * _REPRINTED + 1
        return _reprint(chance, number, *self._written(random.Random(original), original))

    def _written(self, chance: random.Random, number: int) -> EncodedArticle:
        count = chance.choice(_PASSAGES)
        first = chance.randrange(len(self.sentences) - count)
        made = [self._passage(chance, first + place) for place in range(count)]
        title = self._words.replaced(chance, self.titles[first])
        return _assembled(chance, number, title, [text for text, _ in made], made)

    def _passage(self, chance: random.Random, seed: int) -> tuple[str, Vectors]:
        others = chance.randrange(len(self.sentences)), chance.randrange(len(self.sentences))
        most = _some(chance, self.sentences[seed], 0.6)
        more = _some(chance, self.sentences[others[0]], 0.3)
        text = self._words.replaced(chance, " ".join([*most, *more]))
        share = len(most) / (len(most) + len(more))
        mean = share * self.vectors[seed] + (1 - share) * self.vectors[others[0]]
        return text, mean / np.linalg.norm(mean) + MOVED * self.vectors[others[1]]

    @cached_property
    def _words(self) -> "Words":
        return Words()


class Words:
    """Words to put in place of others: English ones, and made-up names, by their frequency."""

    def __init__(self) -> None:
        chance = random.Random(2022)
        self._words = [word for word in english_words() if len(word) > 3]
        self._weights = list(accumulate(1 / (rank + 50) for rank in range(len(self._words))))
        self._names = [
            "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 3, 4)))).capitalize()
            for _ in range(300_000)
        ]
        self._name_weights = list(accumulate(1 / (rank + 50) for rank in range(300_000)))

    def replaced(self, chance: random.Random, text: str) -> str:
        """Return a text with a part of its words replaced, names and figures by their like."""

        def other(found: re.Match[str]) -> str:
            if chance.random() > _REPLACED:
                return found[0]
            if found[0][0].isdecimal():
                return str(chance.randrange(2, 5_000))
            if found[0][0].isupper():
                return chance.choices(self._names, cum_weights=self._name_weights)[0]
            return chance.choices(self._words, cum_weights=self._weights)[0]

        return _WORD.sub(other, text)


def seeds_of_archive(folder: Path) -> Seeds:
    """Return all passages of an archive as seeds."""
    archive = LocalArchive(folder)
    stored = archive.vectors_of_articles()
    found = archive.texts(stored.passages.tolist())
    archive.close()
    there = [found[number] for number in stored.passages.tolist()]
    sentences = [_sentences(one.text) for one in there]
    return Seeds(sentences, stored.vectors, [one.title for one in there])


def seeds_of_bundled(encoder: Encoder) -> Seeds:
    """Return passages made of the bundled articles' sentences, with words replaced, as seeds."""
    articles = [found for found in read_articles(BUNDLED) if isinstance(found, Article)]
    sentences = [one for article in articles for one in _sentences(article.text)]
    chance, words = random.Random(2022), Words()
    texts = [
        words.replaced(chance, " ".join(chance.choices(sentences, k=chance.randint(3, 6))))
        for _ in range(_BUNDLED_SEEDS)
    ]
    titles = [chance.choice(articles).title for _ in texts]
    return Seeds([_sentences(text) for text in texts], encoder.encode_passages(texts), titles)


def made_articles(seeds: Seeds, first: int, passages: int) -> Iterator[EncodedArticle]:
    """Yield articles from the number `first` on, until they have so many passages."""
    number, made = first, 0
    while made < passages:
        encoded = seeds.article(number)
        made += len(encoded[1])
        number += 1
        yield encoded


def _assembled(
    chance: random.Random,
    number: int,
    title: str,
    texts: Sequence[str],
    made: Sequence[tuple[str, Vectors]],
) -> EncodedArticle:
    weights = list(accumulate(1 / (rank + 7) for rank in range(len(SOURCES))))
    id, passages, start = f"made-up-{number:07}", [], 0
    for position, text in enumerate(texts):
        passages.append(Passage(id, position, (start, start + len(text)), text))
        start += len(text) + 2
    article = Article(
        id=id,
        title=title,
        text="\n\n".join(texts),
        source=chance.choices(SOURCES, cum_weights=weights)[0],
        published=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
        tags=("made up",) if chance.random() < 0.1 else (),
    )
    vectors = np.stack([vector for _, vector in made])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return article, passages, vectors.astype(np.float32)


def _reprint(
    chance: random.Random,
    number: int,
    article: Article,
    passages: Sequence[Passage],
    vectors: Vectors,
) -> EncodedArticle:
    """Return an article as another outlet prints it, whole or without its end."""
    kept = chance.choice((len(passages), -(-len(passages) * 2 // 3)))
    texts = [passage.text for passage in passages[:kept]]
    made = list(zip(texts, vectors[:kept], strict=True))
    return _assembled(chance, number, article.title, texts, made)


def _some(chance: random.Random, sentences: Sequence[str], share: float) -> list[str]:
    kept = [sentence for sentence in sentences if chance.random() < share]
    return kept or [chance.choice(sentences)]


def _sentences(text: str) -> list[str]:
    return [text[slice(*span)] for span in sentence_spans(text)] or [text]
