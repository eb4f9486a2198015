"""Feeds, and the XML of news agencies."""

from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenFile
from dragoman.corpus.loading import Loading

BODY = "The ferries sail again on Tuesday.\n\nThey wait."
HTML = "<p>The ferries sail again on Tuesday.</p><p>They wait.</p>"
ESCAPED = HTML.replace("<", "&lt;").replace(">", "&gt;")
RSS = f"""<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Post</title>
<item><title>Ferries</title><link>https://post.example/a1</link><description>Short.</description>
<content:encoded><![CDATA[{HTML}]]></content:encoded>
<pubDate>Wed, 08 Nov 2023 18:00:00 +0000</pubDate></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><entry>
<title>Ferries</title><link href="https://post.example/a1"/><content type="html">{ESCAPED}</content>
<published>2023-11-08T18:00:00Z</published><author><name>Jo Reed</name></author></entry></feed>"""
NITF = f"""<?xml version="1.0"?><nitf><head><docdata><doc-id id-string="n1"/>
<date.issue norm="20231108T180000Z"/></docdata><pubdata name="Harbour Post"/></head><body>
<body.head><hedline><hl1>Ferries</hl1></hedline>
<byline>By <person>Jo Reed</person></byline></body.head>
<body.content>{HTML}<media><media-caption>A ferry.</media-caption></media></body.content></body>
</nitf>"""
NEWSML = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="g1">
<itemMeta><provider><name>Harbour Post</name></provider>
<versionCreated>2023-11-08T18:00:00Z</versionCreated></itemMeta><contentMeta>
<headline>Ferries</headline><by>Jo Reed</by></contentMeta><contentSet><inlineXML
 contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>{HTML}</body>
</html></inlineXML></contentSet></newsItem><newsItem guid="g2"><contentSet><remoteContent/>
</contentSet></newsItem></itemSet></newsMessage>"""
BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "xxxxxxxxxx">' + "".join(
    f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    "written", [RSS, ATOM, NITF, NEWSML], ids=["RSS", "Atom", "NITF", "NewsML"]
)
@pytest.mark.parametrize("name", ["a.xml", "a", "a.txt"])
def test_an_article_with_what_it_states(tmp_path, written, name):
    (tmp_path / name).write_text(written)
    loading = Loading(tmp_path / name)
    (article,) = loading.articles()
    assert not loading.problems
    assert (article.title, article.text, article.source) == ("Ferries", BODY, "Harbour Post")
    assert article.published == date(2023, 11, 8)
    assert article.authors in ((), ("Jo Reed",))
    assert article.form is None


def test_a_feed_of_summaries_has_excerpts(tmp_path):
    start, end = RSS.index("<content:"), RSS.index("<pubDate>")
    (tmp_path / "a.rss").write_text(RSS[:start] + RSS[end:])
    (article,) = Loading(tmp_path).articles()
    assert (article.text, article.form) == ("Short.", "excerpt")


@pytest.mark.parametrize("root", ["nitf", "newsItem", "rss", "feed"])
def test_entities_that_grow_without_bounds_are_not_followed(tmp_path, root):
    xml = f"{BOMB}<{root}><body><body.content><p>&a9;</p></body.content></body></{root}>"
    (tmp_path / f"a.{'nitf' if root == 'nitf' else 'newsml' if root == 'newsItem' else 'rss'}"
     ).write_text(xml)  # fmt: skip
    read = list(Loading(tmp_path).read())
    assert all(not isinstance(one, Article) or len(one.text) < 1000 for one in read)


@pytest.mark.parametrize("name", ["a.rss", "a.nitf", "a.newsml"])
def test_what_is_not_well_formed_is_named(tmp_path, name):
    (tmp_path / name).write_text("<a><b></a>")
    (error,) = Loading(tmp_path).read()
    assert isinstance(error, BrokenFile)


def test_other_xml_is_skipped(tmp_path):
    (tmp_path / "a.xml").write_text("<project><name>x</name></project>")
    (tmp_path / "b.txt").write_text("They met.")
    loading = Loading(tmp_path)
    assert len(list(loading.articles())) == 1
    assert loading.skipped == {".xml": 1}
