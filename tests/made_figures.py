"""Made articles with figures of several subjects."""

from datetime import date

from dragoman.corpus.article import Article
from dragoman.search.figures.finding import Evidence


def article(title: str, text: str, day: str, source: str | None = None) -> Evidence:
    published = date.fromisoformat(day)
    one = Article(id=title, title=title, text=text, published=published, source=source)
    return Evidence(one, (0, len(text)))


TOWN = [
    article(
        "Hotel lays off staff", "The hotel Astoria lays off 45 of its 160 workers.", "2024-01-15"
    ),
    article(
        "Cable car carries more",
        "The cable car carried 900 guests. It has 38 workers.",
        "2024-02-20",
    ),
    article(
        "Brewery wants to hire",
        "The brewery Zoll wants to hire 12 people by 2026. It has 95 workers now.",
        "2024-03-11",
    ),
]
PIERS = [
    article(
        "Pier at Aldwick rebuilt",
        "The pier at Aldwick has been rebuilt for 12 million crowns. It is 310 metres long and "
        "opens on 8 June.",
        "2024-06-01",
    ),
    article(
        "Brancombe pier reopens",
        "The pier at Brancombe has reopened. The rebuilding cost 9 million crowns. It is 420 "
        "metres long.",
        "2024-06-15",
    ),
    article(
        "Small pier for Coll",
        "Coll gets a pier of 60 metres. It costs 700,000 crowns.",
        "2024-07-01",
    ),
]
