"""The capitals of names in questions typed in small letters."""

import pytest

from dragoman.corpus.article import Article
from dragoman.index.archive import Archive
from dragoman.index.opening import open_archive
from dragoman.search.dragoman import Dragoman
from dragoman.search.query.capitals import with_capitals
from initials_encoder import InitialsEncoder

ARTICLE = Article(
    "ferry",
    "Ferry to Bran Island",
    "The ferry of Bran Island runs again, mayor Ana Markovič said on Monday. Then NATO ships "
    "closed the strait. A bridge and a stone pier are open. We saw Stone Bridge from the pier.",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Archive:
    root = tmp_path_factory.mktemp("capitals")
    with Dragoman.open(root, InitialsEncoder()) as dragoman:
        dragoman.add([ARTICLE])
    return open_archive(root)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("who is ana markovic", "who is Ana Markovic"),
        ("when did nato close the strait", "when did NATO close the strait"),
        ("where is bran island", "where is Bran Island"),
        ("what did stone bridge cost", "what did Stone Bridge cost"),
        ("what did the bridge cost", "what did the bridge cost"),
        ("what happened on monday", "what happened on monday"),
        ("Who is ana markovic?", "Who is Ana Markovic?"),
        ("who is ana Markovič", "who is ana Markovič"),
        ("who lives on mars", "who lives on mars"),
        ("", ""),
    ],
)
def test_names_get_the_capitals_that_articles_give_them(archive, typed, written):
    assert with_capitals(typed, archive) == written


def test_the_question_is_shown_as_it_was_typed(tmp_path):
    with Dragoman.open(tmp_path, InitialsEncoder()) as dragoman:
        dragoman.add([ARTICLE])
        answer = dragoman.ask("who is ana markovic", rerank=0)
    assert answer.question_understood == "who is ana markovic"
