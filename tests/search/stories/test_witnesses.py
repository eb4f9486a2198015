"""Independent reports: reprints, agencies and outlets."""

from typing import NamedTuple

import pytest

from dragoman.corpus.article import Article
from dragoman.index.archive import ArticleRef
from dragoman.search.stories.agencies import (
    agencies_credited,
    agencies_reporting,
    agency_named,
)
from dragoman.search.stories.witnesses import witnesses


class Report(NamedTuple):
    article: Article
    sentence: str = ""
    also_in: tuple[ArticleRef, ...] = ()


def article(id: str, text: str = "Talks began.", source: str | None = None, **named) -> Article:
    return Article(id, "Talks", text, source or f"Outlet {id}", **named)


def test_a_withdrawn_article_is_no_witness():
    gone = Report(Article("gone", "RETRACTED: Talks", "Talks began.", "Star"))
    assert witnesses([gone]) == 0
    assert witnesses([gone, Report(article("a"))]) == 1


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("KYIV, May 2 (Reuters) - Talks began on Monday.", "reuters"),
        ("(Reuters) - Talks began on Monday.", "reuters"),
        ("NEW YORK (AP) — Talks began.", "ap"),
        ("ANKARA, March 29 (Xinhua) -- Talks began.", "xinhua"),
        ("MOSCOW, March 29. /TASS/. Talks began.", "tass"),
        ("KYIV, May 2 (Interfax-Ukraine) - Talks began.", "interfax-ukraine"),
        ("DORN, May 2 (Dornpress) - Talks began.", "dornpress"),
        ("Talks began on Monday.\n\nSource: TASS", "tass"),
        ("Talks began on Monday.\nSource: Reuters, AFP", "afp reuters"),
        ("Talks began on Monday. AFP contributed to this report.", "afp"),
        ("Talks began.\n\nThe Associated Press contributed to this report.", "ap"),
        ("Talks began on Monday. (AFP)", "afp"),
        ("Talks began on Monday. — Reuters", "reuters"),
        ("© 2022 AFP\nTalks began on Monday.", "afp"),
        ("Talks began.\n(Reporting by Ann Orr; Editing by Jon Vale)", "reuters"),
        ("By Anadolu Agency\nTalks began.", "anadolu"),
        ("Dolma Post with AFP\nTalks began.", "afp"),
    ],
)
def test_a_credit_of_the_text_is_recognised(text: str, agencies: str) -> None:
    assert sorted(agencies_credited(text)) == agencies.split()


@pytest.mark.parametrize(
    "text",
    [
        "Talks began on Monday, the envoy told Reuters.",
        "Talks began on Monday. (Photo by Reuters)",
        "Minister Akar in Dorn, May 2. (AA Photo)\nTalks began.",
        "The Reuters building was evacuated on Monday.",
        "The chief executive of Bloomberg spoke.\nSource: the ministry",
        "Shares of Alcoa (AA) and United rose.",
        "CNN's Matt Egan contributed to this report.",
        "AA batteries are sold out.",
        "Outlet staff reported from Dorn (population 300) - a village.",
    ],
)
def test_what_is_no_credit_of_the_text_is_none(text: str) -> None:
    assert not agencies_credited(text)


@pytest.mark.parametrize(
    ("sentence", "agencies"),
    [
        ("Talks began at ten, as reported by Reuters.", "reuters"),
        ("According to the Associated Press, talks began at ten.", "ap"),
        ("The talks, TASS reported, began at ten.", "tass"),
        ("Talks began, Russian news agency Interfax reports.", "interfax"),
        ("Talks began at ten, he told Reuters.", ""),
        ("In an interview with AFP he said talks began.", ""),
        ("Reuters journalists were at the talks.", ""),
    ],
)
def test_a_sentence_may_name_an_agency_as_its_source(sentence: str, agencies: str) -> None:
    assert sorted(agencies_reporting(sentence)) == agencies.split()


def test_outlets_are_known_as_agencies_by_name_and_address() -> None:
    assert agency_named("Reuters") == agency_named("www.reuters.com") == "reuters"
    assert agency_named("AFP staff") == "afp"
    assert agency_named("Reuter Street Journal") is None


def test_five_outlets_with_one_agency_text_are_one_witness() -> None:
    texts = [f"DORN, May 2 (Reuters) - Talks began. {n} came." for n in range(5)]
    assert witnesses(Report(article(str(n), text)) for n, text in enumerate(texts)) == 1


def test_outlets_of_their_own_are_as_many_witnesses() -> None:
    assert witnesses(Report(article(id)) for id in "abc") == 3


def test_an_agency_itself_is_a_witness_and_the_same_as_those_it_is_credited_by() -> None:
    own = Report(article("a", source="Reuters"))
    assert witnesses([own]) == 1
    assert witnesses([own, Report(article("b"))]) == 2
    assert witnesses([own, Report(article("b", "DORN (Reuters) - Talks began."))]) == 1
    assert witnesses([own, Report(article("b"), "Talks began, Reuters reported.")]) == 1
    assert witnesses([own, Report(article("b"), "Talks began, he told Reuters.")]) == 2


def family(*reports: Report) -> list[Report]:
    heads = [ArticleRef(one.article.id, "", None, None, None) for one in reports]
    return [
        one._replace(also_in=tuple(head for head in heads if head.id != one.article.id))
        for one in reports
    ]


def test_a_family_of_near_duplicates_counts_once() -> None:
    copies = family(*(Report(article(id)) for id in "abc"))
    assert witnesses(copies) == 1
    assert witnesses([*copies, Report(article("d"))]) == 2


def test_one_credit_in_a_family_is_that_of_all_its_members() -> None:
    credited = Report(article("a", "DORN (AFP) - Talks began."))
    copies = family(Report(article("b")), credited)
    assert witnesses([*copies, Report(article("c", source="AFP"))]) == 1


def test_two_articles_of_one_outlet_are_one_witness() -> None:
    assert witnesses(Report(article(id, source="The Post")) for id in "ab") == 1
    sites = [Article(id, "", "", url=f"https://www.post.example/{id}") for id in "ab"]
    assert witnesses(map(Report, sites)) == 1
    assert witnesses(Report(Article(id, "", "")) for id in "ab") == 2


def test_an_article_of_several_agencies_adds_nothing_to_them() -> None:
    both = Report(article("a", "Talks began.\nSource: Reuters, AFP"))
    reuters, afp = (Report(article(name, source=name)) for name in ("Reuters", "AFP"))
    assert witnesses([both]) == 1
    assert witnesses([both, reuters, afp]) == 2


def test_a_by_line_may_name_the_agency() -> None:
    by = [Report(article(id, authors=("By Agence France-Presse",))) for id in "ab"]
    assert witnesses(by) == 1
