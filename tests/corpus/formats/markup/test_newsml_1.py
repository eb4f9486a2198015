"""NewsML 1: items of news agencies before NewsML-G2."""

from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import NoArticles
from dragoman.corpus.loading import read_articles

TEXT = "<p>Storms keep the ferries in port.</p><p>They sail again on Friday.</p>"
NITF = f"<nitf><body><body.head><hedline><hl1>Other</hl1></hedline></body.head><body.content>{TEXT}"
NITF += "</body.content></body></nitf>"


def item(content: str, kind: str = "Text") -> str:
    return f"""<NewsItem><Identification><NewsIdentifier>
<ProviderId>post.example</ProviderId><DateId>20220329</DateId>
<PublicIdentifier>urn:newsml:post.example:20220329:a1:1</PublicIdentifier>
</NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20220329T213000+0200</FirstCreated>
<ThisRevisionCreated>20220330T080000Z</ThisRevisionCreated></NewsManagement>
<NewsComponent><NewsComponent><NewsLines><HeadLine>Ferries stay in port</HeadLine>
<ByLine>Ada Smith</ByLine></NewsLines><AdministrativeMetadata><Provider>
<Party FormalName="Harbour Post"/></Provider></AdministrativeMetadata>
<ContentItem><MediaType FormalName="{kind}"/><DataContent>{content}</DataContent></ContentItem>
</NewsComponent></NewsComponent></NewsItem>"""


def read(tmp_path, *items: str) -> list:
    file = tmp_path / "a.xml"
    file.write_text(f'<?xml version="1.0"?><NewsML Version="1.2">{"".join(items)}</NewsML>')
    return list(read_articles(file))


@pytest.mark.parametrize(
    "content", [TEXT, NITF, f"<html><body>{TEXT}</body></html>", f"<![CDATA[{TEXT}]]>"]
)
def test_an_item_is_an_article(tmp_path, content):
    (article,) = read(tmp_path, item(content))
    assert isinstance(article, Article)
    assert article.text == "Storms keep the ferries in port.\n\nThey sail again on Friday."
    assert (article.title, article.source) == ("Ferries stay in port", "Harbour Post")
    assert article.id == "urn:newsml:post.example:20220329:a1:1"
    assert (article.published, article.authors) == (date(2022, 3, 29), ("Ada Smith",))


def test_a_picture_is_no_article(tmp_path):
    (problem,) = read(tmp_path, item("x", kind="Photo"))
    assert isinstance(problem, NoArticles)
    assert len(read(tmp_path, item(TEXT), item("x", kind="Photo"))) == 1
