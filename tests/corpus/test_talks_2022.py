"""The bundled articles: what a question about the talks of 2022 must be able to find."""

from datetime import date
from pathlib import Path

import pytest

from dragoman.corpus import loading as reading
from dragoman.corpus.article import Article
from dragoman.corpus.loading import read_articles

FOLDER = Path(reading.__file__).parent / "talks-2022"
READ = list(read_articles(FOLDER))
ARTICLES = {article.id: article for article in READ if isinstance(article, Article)}
EVERYTHING = "\n".join(f"{article.title}\n{article.text}" for article in ARTICLES.values())


def test_there_are_enough_and_all_are_read():
    assert len(READ) == len(list(FOLDER.glob("*.md"))) >= 8
    assert [one for one in READ if not isinstance(one, Article)] == []


def test_ids_are_the_names_of_the_files():
    assert set(ARTICLES) == {file.stem for file in FOLDER.glob("*.md")}


def test_a_date_of_publication_is_given_only_where_the_source_states_one():
    stated = {id: article.published for id, article in ARTICLES.items() if article.published}
    assert stated == {
        "istanbul-talks-open-at-dolmabahce": date(2022, 3, 29),
        "kalin-in-kyiv-urges-istanbul-process": date(2022, 5, 1),
    }


def test_an_outlet_is_given_only_where_the_source_names_one():
    stated = {id: article.source for id, article in ARTICLES.items() if article.source}
    assert stated == {"istanbul-chosen-for-new-round": "Press TV"}


def test_every_article_has_a_title_of_its_own_and_says_what_it_is():
    assert len({article.title for article in ARTICLES.values()}) == len(ARTICLES)
    assert {article.form for article in ARTICLES.values()} == {"digest", "brief"}
    assert all(len(article.text) > 1000 for article in ARTICLES.values())
    assert not any("#" in article.text for article in ARTICLES.values())


@pytest.mark.parametrize(
    "name",
    [
        *("Kalın", "Kalin", "Karin", "Çavuşoğlu", "Cavusoglu", "Chabshuol", "Erdoğan", "Erdogan"),
        *("Zelenskyy", "Zelensky", "Arakhamia", "Alacamia", "Podolyak", "Podoliak", "Yermak"),
        *("Yarmak", "Denysenko", "Denisenko", "Lavrov", "Viklov", "Zhovkva", "Malyar", "Putin"),
        *("Medinsky", "Peskov", "Fomin", "Shoigu", "Akar", "Dolmabahçe", "Dolmabahce", "Kyiv"),
        *("Kiev", "Şanlıurfa", "Sanliurfa", "Mariupol", "Bucha", "Irpin", "Gomel", "Antalya"),
        *("Anadolu Agency", "Reuters", "Press TV", "NATO"),
    ],
)
def test_every_name_is_found_however_it_is_spelt(name):
    assert name in EVERYTHING


@pytest.mark.parametrize(
    ("id", "facts"),
    [
        (
            "istanbul-talks-open-at-dolmabahce",
            ["Dolmabahçe", "10.30 a.m.", "07.30 GMT", "two days"],
        ),
        ("istanbul-talks-open-at-dolmabahce", ["1,151", "1,824", "3.87 million"]),
        (
            "istanbul-talks-open-at-dolmabahce",
            ["10 March 2022", "Antalya", "14 March 2022", "video"],
        ),
        ("istanbul-talks-open-at-dolmabahce", ["Arakhamia", "Medinsky", "short meeting"]),
        ("kalin-in-kyiv-urges-istanbul-process", ["2,899", "3,235", "5.4 million", "7.7 million"]),
        ("kalin-in-kyiv-urges-istanbul-process", ["30 April 2022", "Mariupol", "key role"]),
        ("akar-and-shoigu-discuss-cease-fire", ["3,153", "3,316", "5.4 million", "7.7 million"]),
        ("akar-and-shoigu-discuss-cease-fire", ["1936", "Bosporus", "Dardanelles", "2 May 2022"]),
        ("istanbul-chosen-for-new-round", ["Gomel", "28 February 2022", "security guarantees"]),
        ("istanbul-chosen-for-new-round", ["Zhovkva", "Malyar", "neutral status", "Donbas"]),
        ("delegations-head-for-istanbul", ["16:00", "Fomin", "28 to 30 March", "Denysenko"]),
        ("un-figures-over-time", ["1,151", "2,899", "3,153", "1,824", "3,235", "3,316"]),
        ("rounds-and-venues-of-the-talks", ["10.30 a.m.", "Gomel", "14 March 2022", "16:00"]),
        ("turkeys-position-straits-and-mediation", ["1936", "Montreux", "Sanctions"]),
    ],
)
def test_the_facts_are_where_they_belong(id, facts):
    assert [fact for fact in facts if fact not in ARTICLES[id].text] == []
