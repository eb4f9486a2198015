"""Questions for what somebody said, or who said something."""

import pytest

from dragoman.corpus.article import Article
from dragoman.search.query.terms import QueryTerms
from dragoman.search.stories.speech.asked import words_asked

ARTICLE = Article("port", "Port", "Selma Işık visited Sinop. She said the port will open in June. "
                  "Deniz Ergin denied that any boat was lost. The port has two piers.")  # fmt: skip


@pytest.mark.parametrize(
    ("question", "speaker", "about"),
    [
        ("What did Selma Isik say about the port?", "Selma Isik", "the port"),
        ("what has the minister said about the port", "the minister", "the port"),
        ("What did Işık say?", "Işık", ""),
        ("What did Ergin deny?", "Ergin", ""),
        ("Who said that the port would open?", None, "the port would open"),
        ("According to whom was no boat lost?", None, "was no boat lost"),
    ],
)
def test_who_is_asked_about_what(question, speaker, about):
    asked = words_asked(question)
    assert asked is not None
    assert (asked.speaker, asked.about) == (speaker, about)


@pytest.mark.parametrize(
    "question",
    ["What did Işık say to the crew?", "What did Işık open?", "Who opened the port?",
     "When did Işık say that the port would open?"],
)  # fmt: skip
def test_other_questions_are_none_of_these(question):
    assert words_asked(question) is None


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("What did Selma Isik say about the port?", ["She said the port will open in June."]),
        ("What did Ergin say about boats?", ["Deniz Ergin denied that any boat was lost."]),
        ("What did Ergin deny?", ["Deniz Ergin denied that any boat was lost."]),
        ("What did Ergin say about the port?", []),
        ("What did Işık deny?", []),
        ("What did Lund say?", []),
        ("Who said that the port will open?", ["She said the port will open in June."]),
    ],
)
def test_the_sentences_that_tell_what_is_asked_for(question, sentences):
    asked = words_asked(question)
    assert asked is not None
    terms = QueryTerms(asked.about, lambda _: 1.0) if asked.about else None
    told = []
    start = 0
    for sentence in ARTICLE.text.split(". "):
        span = (start, start + len(sentence))
        if asked.told_in(ARTICLE, span, terms):
            told.append(f"{sentence.rstrip('.')}.")
        start += len(sentence) + 2
    assert told == sentences
