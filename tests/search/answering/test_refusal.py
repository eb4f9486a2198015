"""Why a question is not answered, and what is said about it."""

import pytest

from dragoman.search.answering.refusal import is_vague
from dragoman.search.dragoman import Dragoman
from dragoman.search.question import Filters

MAYOR = "Who was elected mayor of Grenor?"
NEWS = [
    {
        "id": "vote",
        "title": "Grenor votes",
        "text": "Conal Mackin was elected mayor of Grenor on Sunday.",
        "source": "Harbour Post",
        "published": "2024-03-10",
        "tags": ["Élections"],
    },
    {
        "id": "ferry",
        "title": "The ferry",
        "text": "The ferry to Lund will not sail before Friday because of the storm.",
        "source": "Lund Herald",
        "published": "2024-02-01",
    },
]


@pytest.fixture(scope="module")
def news(tmp_path_factory, real_encoder):
    with Dragoman.open(tmp_path_factory.mktemp("news") / "archive", real_encoder) as dragoman:
        dragoman.add(NEWS)
        yield dragoman


@pytest.mark.parametrize(
    ("filters", "named"),
    [
        (Filters(until="2024-02-28"), "the filter `until`"),
        (Filters(since="2024-03-11"), "the filter `since`"),
        (Filters("Lund Herald"), "the filter `sources`"),
        (Filters("LUND HERALD", until="2024-03-01"), "the filter `sources` and the filter `until`"),
        (Filters(tags="storms"), "the filter `tags`"),
        (Filters("Lund Herald", tags="storms"), "the filter `sources` and the filter `tags`"),
        (Filters("Lund Herald", tags="elections"), "the filter `sources`"),
        (Filters("harbour post", until="2024-03-01"), "the filter `until`"),
    ],
)
def test_the_filter_that_excludes_what_would_answer_is_named(news, filters, named):
    answer = news.ask(MAYOR, filters=filters)
    assert (answer.status, answer.reason) == ("not_in_corpus", "filtered")
    assert answer.warnings[0].startswith(f"Without {named} the articles answer it: “Grenor votes”")
    assert all(ranked.article.id != "vote" for ranked in answer.passages)


def test_where_no_article_passes_and_none_would_answer_it_is_empty(news):
    answer = news.ask("Who won the chess match in Oslo?", filters=Filters("Daily Moon"))
    assert answer.reason == "empty"
    assert answer.warnings[0].startswith("The filters exclude every article.")


def test_an_answer_has_no_reason(news):
    answer = news.ask(MAYOR, filters=Filters("Harbour Post"))
    assert (answer.status, answer.reason, answer.warnings) == ("answered", None, ())


def test_what_no_article_is_about_is_named(news):
    answer = news.ask("Which team won the ice hockey final in Oslo?")
    assert answer.reason == "nothing_near"
    assert "“Oslo”, “team”" in answer.warnings[0]


def test_of_what_is_near_the_nearest_sentence_is_quoted(news):
    answer = news.ask("How many passengers does the ferry to Lund carry?")
    assert answer.reason == "near_miss"
    assert "“The ferry to Lund will not sail" in answer.warnings[0]
    assert "Lund Herald, 1 February 2024" in answer.warnings[0]


@pytest.mark.parametrize(
    ("asked", "lacking"),
    [
        (
            "Why did the council of Grenor sack Conel Mackin?",
            "None of the nearest mentions “Conel”, “council”, “sack”. Did you mean “Conal”?",
        ),
        (
            "How many passengers went to Lund by ferry in 2019?",
            "None of the nearest mentions “passengers”, “2019”.",
        ),
    ],
)
def test_what_no_passage_mentions_is_named_and_a_name_like_it_offered(news, asked, lacking):
    answer = news.ask(asked)
    assert answer.reason == "near_miss"
    assert answer.warnings[0].endswith(lacking)


@pytest.mark.parametrize("question", ["what about it?", "x", "And 1936?", "who is she", "7"])
def test_what_names_nothing_is_too_vague(news, question):
    answer = news.ask(question)
    assert (answer.status, answer.reason) == ("not_in_corpus", "too_vague")
    assert answer.confidence == 0
    assert "names nothing to look for" in answer.warnings[0]


@pytest.mark.parametrize(
    "question", ["Who are The Them?", "IT", "Was the WHO affected?", "Mariupol?", "was ist das"]
)
def test_a_name_of_stop_words_or_a_single_name_is_not_vague(question):
    assert not is_vague(question)


def test_a_question_in_other_letters_is_told_so(news):
    answer = news.ask("Кто был избран мэром?")
    assert (answer.status, answer.reason) == ("not_in_corpus", "language")


def test_an_answer_below_the_least_confidence_is_refused(news):
    sure = news.ask(MAYOR)
    refused = news.ask(MAYOR, min_confidence=min(sure.confidence + 0.01, 1))
    assert (refused.status, refused.reason) == ("not_in_corpus", "near_miss")
    assert refused.confidence == sure.confidence
    assert news.ask("Which team won in Oslo?", min_confidence=0).status != "not_in_corpus"


def test_a_foreign_question_is_not_answered_from_english_articles(talks):
    answer = talks.ask("Wer leitete die russische Delegation in Istanbul?")
    assert (answer.status, answer.reason) == ("not_in_corpus", "language")
    assert "German" in answer.warnings[0]
    assert not answer.citations


def test_what_is_computed_needs_the_confidence_asked_for_too(tmp_path, encoder):
    for name, length in (("Aldwick", 310), ("Brancombe", 420)):
        text = f"The pier at {name}\n\nThe pier at {name} is {length} metres long."
        (tmp_path / f"{name}.txt").write_text(text)
    with Dragoman.open(tmp_path / "archive", encoder) as piers:
        piers.add([tmp_path / "Aldwick.txt", tmp_path / "Brancombe.txt"])
        asked = "Which pier is longer, that of Aldwick or that of Brancombe?"
        given = piers.ask(asked)
        assert "Computed" in (given.answer or "")
        refused = piers.ask(asked, min_confidence=1.0)
    assert refused.answer is None
    assert refused.confidence < 1
