"""Records in the shapes of news APIs, data sets and exports of databases."""

import json
from datetime import UTC, date, datetime

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenRecord
from dragoman.corpus.formats.file import MOST_BYTES
from dragoman.corpus.loading import Loading, read_articles

TITLE, BODY = "Ferries sail again", "The harbour office said on Tuesday that ferries sail again."
URL, DAY = "https://post.example/a1", date(2023, 11, 8)
HTML = "<p>The harbour office said on Tuesday that <b>ferries</b> sail again.</p>"
FEED = {"title": TITLE, "url": URL}

# name: (what is written, source, published, form)
SHAPES = {
    "NewsAPI": ({"status": "ok", "articles": [{**FEED, "title": f"{TITLE} - Harbour Post",
                "content": "The harbour office said… [+99 chars]", "description": BODY,
                "publishedAt": "2023-11-08T18:00:00Z", "source": {"name": "Harbour Post"}}]},
                "Harbour Post", DAY, "excerpt"),
    "GNews": ({"articles": [{**FEED, "description": "x", "content": BODY,
              "publishedAt": "2023-11-08T18:00:00Z",
              "source": {"name": "Harbour Post", "url": "https://post.example"}}]},
              "Harbour Post", DAY, None),
    "Mediastack": ({"pagination": {"limit": 1}, "data": [{**FEED, "description": BODY,
                   "source": "Harbour Post", "published_at": "2023-11-08T18:00:00+00:00"}]},
                   "Harbour Post", DAY, "excerpt"),
    "Currents": ({"status": "ok", "news": [{**FEED, "id": "1", "description": BODY,
                 "published": "2023-11-08 18:00:00 +0000"}]}, None, DAY, "excerpt"),
    "TheNewsAPI": ({"meta": {}, "data": [{**FEED, "uuid": "1", "description": "x", "snippet": BODY,
                   "source": "post.example", "published_at": "2023-11-08T18:00:00.000000Z"}]},
                   "post.example", DAY, "excerpt"),
    "newsdata": ({"status": "success", "results": [{"article_id": "1", "title": TITLE, "link": URL,
                 "content": "ONLY AVAILABLE IN PAID PLANS", "description": BODY,
                 "creator": ["Jo Reed"], "pubDate": "2023-11-08 18:00:00", "source_id": "post",
                 "source_name": "Harbour Post"}], "nextPage": "2"},
                 "Harbour Post", DAY, "excerpt"),
    "webhose": ({"posts": [{**FEED, "uuid": "1", "text": BODY, "author": "Jo Reed",
                "thread": {"site": "post.example", "title": TITLE},
                "published": "2023-11-08T18:00:00.000+02:00"}], "totalResults": 1},
                "post.example", DAY, None),
    "Bing": ({"_type": "News", "value": [{"name": TITLE, "url": URL, "description": BODY,
             "provider": [{"_type": "Organization", "name": "Harbour Post"}],
             "datePublished": "2023-11-08T18:00:00.0000000Z"}]}, "Harbour Post", DAY, "excerpt"),
    "Guardian": ({"response": {"status": "ok", "results": [{"id": "a/1", "webTitle": TITLE,
                 "webUrl": URL, "webPublicationDate": "2023-11-08T18:00:00Z",
                 "fields": {"bodyText": BODY, "byline": "Jo Reed", "publication": "Harbour Post"},
                 "tags": [{"webTitle": "Ferries"}]}]}}, "Harbour Post", DAY, None),
    "NYT Archive": ({"copyright": "c", "response": {"docs": [{"_id": "nyt://1", "web_url": URL,
                    "headline": {"main": TITLE}, "lead_paragraph": BODY,
                    "abstract": f"It is said at length that {BODY}",
                    "byline": {"original": "By Jo Reed"}, "source": "Harbour Post",
                    "keywords": [{"name": "subject", "value": "Ferries"}],
                    "pub_date": "2023-11-08T18:00:00+0000"}]}}, "Harbour Post", DAY, "excerpt"),
    "Event Registry": ({"articles": {"results": [{**FEED, "uri": "1", "body": BODY,
                       "date": "2023-11-08", "authors": [{"name": "Jo Reed"}],
                       "source": {"uri": "post.example", "title": "Harbour Post"}}],
                       "totalResults": 1}}, "Harbour Post", DAY, None),
    "GDELT": ({"articles": [{"url": URL, "title": BODY, "seendate": "20231108T180000Z",
              "domain": "post.example", "language": "English"}]}, "post.example", DAY, "headline"),
    "news-please": ({**FEED, "maintext": BODY, "text": None, "date_publish": "2023-11-08 18:00:00",
                    "date_download": "2023-11-10 09:00:00", "source_domain": "post.example",
                    "title_page": None}, "post.example", DAY, None),
    "newspaper": ({**FEED, "text": BODY, "authors": ["Jo Reed"], "publish_date": 1699466400.0,
                  "source_url": "https://post.example", "summary": ""}, None, DAY, None),
    "trafilatura": ({"title": TITLE, "text": BODY, "date": "2023-11-08", "source": URL,
                    "hostname": "post.example", "source-hostname": "Harbour Post",
                    "author": "Jo Reed; Ann Lee"}, "Harbour Post", DAY, None),
    "WordPress": ([{"id": 1, "date": "2023-11-08T18:00:00", "link": URL, "author": 3,
                  "title": {"rendered": "Ferries sail again"}, "tags": [4, 5],
                  "content": {"rendered": HTML, "protected": False},
                  "excerpt": {"rendered": "<p>x</p>"}}], None, DAY, None),
    "JSON Feed": ({"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post",
                  "items": [{**FEED, "id": "1", "content_html": HTML,
                  "date_published": "2023-11-08T18:00:00Z", "authors": [{"name": "Jo Reed"}]}]},
                  "Harbour Post", DAY, None),
    "Elasticsearch": ({"took": 1, "hits": {"total": {"value": 1}, "hits": [{"_index": "n",
                      "_id": "e1", "_source": {**FEED, "body": BODY, "date": 1699466400000}}]}},
                      None, DAY, None),
    "mongoexport": ({"_id": {"$oid": "6553b6f0"}, **FEED, "text": BODY,
                    "date": {"$date": {"$numberLong": "1699466400000"}}}, None, DAY, None),
    "TREC Washington Post": ({"id": "1", "article_url": URL, "title": TITLE,
                             "published_date": 1699466400000, "source": "Harbour Post",
                             "contents": [{"type": "kicker", "content": "Ports"}, None,
                             {"type": "image", "fullcaption": "x"},
                             {"type": "sanitized_html", "content": HTML}]},
                             "Harbour Post", DAY, None),
    "a blog's excerpt": ({**FEED, "content": f"<p>{BODY} [&hellip;]</p>", "date": "2023-11-08"},
                         None, DAY, "excerpt"),
    "CNN/DailyMail": ({"article": BODY, "highlights": "x", "id": "1", "title": TITLE},
                      None, None, None),
    "ninjs 1": ({"uri": "u:1", "headline": TITLE, "body_xhtml": HTML, "byline": "By Jo Reed",
                "versioncreated": "2023-11-08T18:00:00Z"}, None, DAY, None),
    "ninjs 2": ({"uri": "u:1", "headlines": [{"role": "main", "value": TITLE}],
                "bodies": [{"role": "brief", "value": "x"}, {"role": "main", "value": HTML}],
                "by": "Jo Reed", "versioncreated": "2023-11-08T18:00:00Z"}, None, DAY, None),
    "pandas": ({"title": {"0": TITLE}, "text": {"0": BODY}, "date": {"0": "2023-11-08"}},
               None, DAY, None),
}  # fmt: skip


def articles(tmp_path, name: str, content: str | bytes, **options) -> list[Article]:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    loading = Loading(file, **options)
    found = list(loading.articles())
    assert not loading.problems
    return found


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.jsonl"])
def test_an_article_in_the_shape_of_an_api(tmp_path, shape, name):
    written, source, published, form = SHAPES[shape]
    (article,) = articles(tmp_path, name, json.dumps(written))
    assert article.text == BODY
    assert article.title == (BODY if shape == "GDELT" else TITLE)
    assert (article.source, article.published, article.form) == (source, published, form)
    if article.authors:
        assert article.authors[0] == "Jo Reed"
    assert not any(tag.isdigit() or tag == "subject" for tag in article.tags)


def test_articles_of_many_responses_and_under_their_ids(tmp_path):
    one, two = {"id": "a", "title": TITLE, "text": BODY}, {"id": "b", "title": "B", "text": "They."}
    for written in ([{"articles": [one]}, {"articles": [two]}], {"a": one, "b": two}):
        assert [a.id for a in articles(tmp_path, "a.json", json.dumps(written))] == ["a", "b"]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson", "a"])
@pytest.mark.parametrize("divider", ["\n", "\n\n", "\r\n"])
def test_objects_in_a_row_whatever_the_suffix(tmp_path, name, divider):
    for indent in (None, 1):
        lines = [json.dumps({"id": id, "text": BODY}, indent=indent) for id in "ab"]
        assert [a.id for a in articles(tmp_path, name, divider.join(lines))] == ["a", "b"]


def test_a_value_on_many_lines_whatever_the_suffix(tmp_path):
    written = json.dumps([{"id": "a", "text": BODY}, {"id": "b", "text": "They."}], indent=1)
    assert [a.id for a in articles(tmp_path, "a.jsonl", written)] == ["a", "b"]


def test_lines_of_a_bulk_request(tmp_path):
    lines = ['{"index": {"_index": "n", "_id": "1"}}', json.dumps({"id": "a", "text": BODY})] * 1
    assert [a.id for a in articles(tmp_path, "a.ndjson", "\n".join(lines))] == ["a"]


def test_what_the_shell_of_mongodb_writes(tmp_path):
    written = '{"_id": ObjectId("6553b6f0"), "text": "They met.", "date": ISODate("2023-11-08")}'
    (article,) = articles(tmp_path, "a.json", written)
    assert (article.id, article.published) == ("6553b6f0", DAY)


def test_nothing_is_no_title_no_source_and_no_author(tmp_path):
    written = '{"title": NaN, "text": "They met.", "author": NaN, "source": "nan", "date": null}'
    (article,) = articles(tmp_path, "a.jsonl", written)
    assert (article.title, article.source, article.authors) == ("They met.", None, ())


@pytest.mark.parametrize(
    "record",
    [{"title": "[Removed]", "content": "[Removed]", "description": "[Removed]", "url": URL,
      "publishedAt": "2023-11-08"},
     {"@type": "WebSite", "name": "Harbour Post", "url": "https://post.example"}],
)  # fmt: skip
def test_what_holds_no_article_is_none(tmp_path, record):
    (tmp_path / "a.json").write_text(json.dumps([record]))
    (error,) = read_articles(tmp_path)
    assert not isinstance(error, Article)


def test_wordpress_numbers_articles_of_each_site(tmp_path):
    ids = set()
    for site in ("a.example", "b.example"):
        written = SHAPES["WordPress"][0][0] | {"link": f"https://{site}/1"}
        ids |= {a.id for a in articles(tmp_path, "a.json", json.dumps([written]))}
    assert len(ids) == 2


# Tables


@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_a_table_is_read_by_its_header(tmp_path, divider, name):
    header = divider.join(["Title", "Published At", "Content", "Publication"])
    row = divider.join([TITLE, "2023-11-08", f'"{BODY}\n\nThey ""wait""."', "Harbour Post"])
    (article,) = articles(tmp_path, name, f"\ufeff{header}\r\n{row}\r\n\r\n")
    assert (article.title, article.source) == (TITLE, "Harbour Post")
    assert (article.text, article.published) == (f'{BODY}\n\nThey "wait".', DAY)


def test_columns_are_named(tmp_path):
    columns = {"title": "Kopf", "text": "Rumpf"}
    written = f"Kopf,Rumpf,text\n{TITLE},{BODY},none\n"
    (article,) = articles(tmp_path, "a.csv", written, columns=columns)
    assert (article.title, article.text) == (TITLE, BODY)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1254", "windows-1251"])
def test_a_table_in_any_usual_encoding(tmp_path, encoding):
    text = "Сообщили, что переговоры прошли." if encoding.endswith("51") else "Kalın Şanlıurfa’da."
    (article,) = articles(tmp_path, "a.csv", f'text,title\n"{text}",a\n'.encode(encoding))
    assert article.text == text


@pytest.mark.parametrize(
    ("written", "columns", "reason"),
    [
        ("a,b\n1,2\n", {}, "none of its columns is known to hold a text: a, b"),
        ("a,b\n1,2\n", {"text": "c"}, "it has no column 'c'; it has a, b"),
        ("a,text\n1,\n", {}, "no text"),
    ],
)
def test_a_table_that_holds_no_article_says_why(tmp_path, written, columns, reason):
    file = tmp_path / "a.csv"
    file.write_text(written)
    loading = Loading(file, columns=columns)
    assert not list(loading.articles())
    assert reason in str(loading.problems[0])


def test_a_broken_row_is_named_and_the_others_come_out(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\na,They met.\nb\nc,They left.\n")
    first, error, third = read_articles(tmp_path)
    assert isinstance(error, BrokenRecord)
    assert "a.csv, line 3" in str(error)
    assert [getattr(one, "id", None) for one in (first, third)] == ["a", "c"]


@pytest.mark.parametrize(
    ("url", "day", "dated_by"),
    [
        ("https://post.example/2023/11/08/ferries/", DAY, "address"),
        ("https://post.example/a1", date(2023, 11, 9), None),
        ("https://post.example/2023/10/01/ferries/", date(2023, 11, 9), None),
    ],
)
def test_an_evening_in_utc_is_of_the_day_in_the_address(tmp_path, url, day, dated_by):
    record = {"text": BODY, "url": url, "publishedAt": "2023-11-09T01:49:09Z"}
    (article,) = articles(tmp_path, "a.json", json.dumps(record))
    assert (article.published, article.dated_by) == (day, dated_by)
    assert article.published_at == datetime(2023, 11, 9, 1, 49, 9, tzinfo=UTC)


def test_midnight_stands_for_no_time(tmp_path):
    (article,) = articles(
        tmp_path, "a.json", '{"text": "They met.", "date": "2023-11-08 00:00:00"}'
    )
    assert (article.published, article.published_at) == (DAY, None)


@pytest.mark.parametrize(
    "shape",
    [
        lambda first, second: {"2023-11-08": [first], "2023-11-09": [second]},
        lambda first, second: {"status": "ok", "found": {"top": [first], "more": [second]}},
        lambda first, second: {"page": 1, "stuff": {"list": [first, second]}},
    ],
)
def test_no_list_of_several_is_left_out(tmp_path, shape):
    one, two = {**FEED, "text": BODY}, {"title": "Other", "url": f"{URL}/2", "text": "They wait."}
    assert len(articles(tmp_path, "a.json", json.dumps(shape(one, two)))) == 2


def test_a_table_as_excel_writes_it_in_germany(tmp_path):
    written = f"\ufeffsep=;\r\nTitel;Text;Datum;Quelle\r\n{TITLE};{BODY};08.11.2023;Hafenpost\r\n"
    (article,) = articles(tmp_path, "a.csv", written)
    assert (article.title, article.text) == (TITLE, BODY)
    assert (article.published, article.source) == (DAY, "Hafenpost")


def test_a_table_without_names_of_columns_says_so(tmp_path):
    (tmp_path / "a.csv").write_text(f'"{TITLE}","{BODY} {BODY}","2023-11-08"\n')
    (error,) = read_articles(tmp_path)
    assert "its first row names no columns" in str(error)
    assert BODY not in str(error)


def test_a_list_too_large_to_be_read_as_a_whole_is_read_up_to_where_it_is_cut(tmp_path):
    records = [{"id": str(number), "text": f"{number} came.", "score": 0.5} for number in range(3)]
    with (tmp_path / "a.json").open("wb") as file:
        file.write(b"\xef\xbb\xbf[" + b" " * (MOST_BYTES + 1))
        file.write(",".join(map(json.dumps, records)).encode())
    *found, last = read_articles(tmp_path)
    assert [getattr(one, "id", None) for one in found] == ["0", "1", "2"]
    assert isinstance(last, BrokenRecord)


def test_pandas_and_feedparser_write_tables_and_feeds_so(tmp_path):
    split = {"columns": ["title", "text"], "index": [0], "data": [[TITLE, BODY]]}
    content = [{"type": "text/html", "value": HTML}]
    feed = {"feed": {"title": "Post", "entries": [{"title": TITLE, "content": content}]}}
    for value in (split, feed):
        (article,) = articles(tmp_path, "a.json", json.dumps(value))
        assert (article.title, article.text) == (TITLE, BODY)


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"text": BODY, "date": "2023-11-08", "dateTime": "2023-11-08T18:30:00Z"},
         {"published": DAY, "published_at": datetime(2023, 11, 8, 18, 30, tzinfo=UTC)}),
        ({"text": BODY, "created_utc": 1699466400}, {"published": DAY}),
        ({"@type": "NewsArticle", "headline": TITLE, "articleBody": BODY,
          "mainEntityOfPage": {"@type": "WebPage", "@id": "https://post.example/a1"}},
         {"title": TITLE, "url": "https://post.example/a1"}),
        ({"objects": [{"article": {"heading": TITLE, "bodyXhtml": f"<p>{BODY}</p>"}}]},
         {"title": TITLE, "text": BODY}),
    ],
)  # fmt: skip
def test_records_as_other_programs_write_them(tmp_path, record, found):
    file = tmp_path / "a.json"
    file.write_text(json.dumps(record))
    (article,) = read_articles(file)
    assert {name: getattr(article, name) for name in found} == found
