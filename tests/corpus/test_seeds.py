"""The real documents, where they lie beside the checkout; nothing of theirs is repeated here."""

import re
from datetime import date
from pathlib import Path

import pytest

from dragoman.corpus import loading as reading
from dragoman.corpus.article import Article
from dragoman.corpus.loading import read_articles
from dragoman.corpus.splitting import split

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")


def seed(number: int) -> Article:
    (path,) = SEEDS.glob(f"{number:03}_*.txt")
    (article,) = read_articles(path)
    assert isinstance(article, Article)
    return article


def lines(number: int) -> list[str]:
    """The lines of a document as it was given, without those that are blank."""
    (path,) = SEEDS.glob(f"{number:03}_*.txt")
    return [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'.,:-]*\w", text.lower())


def eights(text: str) -> set[tuple[str, ...]]:
    in_order = words(text)
    return {tuple(in_order[n : n + 8]) for n in range(len(in_order) - 7)}


def test_the_first_has_its_date_and_keeps_its_first_paragraph():
    article = seed(0)
    assert article.published == date(2022, 5, 1)
    assert article.source is None
    assert lines(0)[0].endswith(article.text.split("\n")[0])
    assert article.text.startswith(article.title.removesuffix("…"))


def test_the_second_names_its_outlet_and_no_date_and_loses_its_furniture():
    article = seed(1)
    assert (article.source, article.published) == ("Press TV", None)
    whole = article.title + article.text
    assert "News /" not in whole
    assert "Photo by" not in whole
    assert "alternate addresses" not in whole
    assert "presstv.ir" not in whole
    assert "SHARE" not in whole
    assert "Roku" not in whole
    assert article.title == lines(1)[1]
    assert "Gomel" not in article.text


def test_the_third_has_a_title_and_no_date_and_loses_its_caption():
    article = seed(2)
    assert (article.published, article.source) == (None, None)
    assert article.title == lines(2)[0]
    assert "AA Photo" not in article.text
    assert "May 2" not in article.text
    assert article.title not in article.text


def test_the_fourth_has_its_date_and_its_headline():
    article = seed(3)
    assert article.published == date(2022, 3, 29)
    assert lines(3)[0] == f"date 2022-03-29 {article.title}"
    assert article.title not in article.text
    assert "10.30 a.m." in article.text


def test_the_fifth_states_neither_date_nor_outlet():
    article = seed(4)
    assert (article.published, article.source) == (None, None)
    assert article.title == lines(4)[0]


@pytest.mark.parametrize("number", range(5))
def test_nothing_but_furniture_is_lost(number):
    article = seed(number)
    kept = f"{article.title}\n{article.text}".split("\n")
    sentences = [line for line in lines(number) if line.endswith((".", "”", '"', "!"))]
    stated = f"date {article.published} "
    assert [line for line in sentences if line.removeprefix(stated) not in kept] == []


@pytest.mark.parametrize("number", range(5))
def test_each_is_split_into_passages_that_cover_it(number):
    article = seed(number)
    passages = split(article, lambda texts: [len(text.split()) for text in texts], 256)
    assert "".join("".join(p.text.split()) for p in passages) == "".join(article.text.split())
    assert not any(passage.cut for passage in passages)


def test_no_bundled_article_copies_eight_words_in_a_row():
    copied = {}
    bundled = list(read_articles(Path(reading.__file__).parent / "talks-2022"))
    for path in SEEDS.glob("*.txt"):
        theirs = eights(path.read_text(encoding="utf-8"))
        for article in bundled:
            assert isinstance(article, Article)
            same = theirs & eights(f"{article.title}\n{article.text}")
            if same:
                copied[article.id, path.name] = same
    assert copied == {}
