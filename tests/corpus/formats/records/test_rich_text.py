"""Rich text in records, as each editor and content system stores it."""

import json

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.formats.records.record import read_record
from dragoman.corpus.loading import read_articles

BLOCKS = {
    "Editor.js": {"blocks": [
        {"type": "paragraph", "data": {"text": "They <b>met</b>."}},
        {"type": "image", "data": {"caption": "A table"}},
        {"type": "list", "data": {"items": ["Two &amp; more left.", "One came."]}},
    ]},
    "Portable Text": [
        {"_type": "block", "children": [{"_type": "span", "text": "They "},
                                        {"_type": "span", "text": "met.", "marks": ["em"]}]},
        {"_type": "image", "asset": {"_ref": "a"}},
        {"_type": "block", "children": [{"_type": "span", "text": "Two & more left."}]},
        {"_type": "block", "children": [{"_type": "span", "text": "One came."}]},
    ],
    "Contentful": {"nodeType": "document", "content": [
        {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "They met."}]},
        {"nodeType": "embedded-asset-block", "data": {"target": {}}},
        {"nodeType": "paragraph", "content": [
            {"nodeType": "text", "value": "Two & "},
            {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": "more"}]},
            {"nodeType": "text", "value": " left."}]},
        {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "One came."}]},
    ]},
    "Slate": [
        {"type": "paragraph", "children": [{"text": "They "}, {"text": "met", "bold": True},
                                           {"text": "."}]},
        {"type": "bulleted-list", "children": [
            {"type": "list-item", "children": [{"text": "Two & more left."}]},
            {"type": "list-item", "children": [{"text": "One came."}]}]},
    ],
    "Draft.js": {"entityMap": {}, "blocks": [
        {"key": "a", "type": "unstyled", "text": "They met."},
        {"key": "b", "type": "unstyled", "text": "Two & more left."},
        {"key": "c", "type": "unstyled", "text": "One came."},
    ]},
    "Tiptap": {"type": "doc", "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": "They "},
                                          {"type": "text", "text": "met."}]},
        {"type": "bulletList", "content": [
            {"type": "listItem", "content": [{"type": "paragraph", "content": [
                {"type": "text", "text": "Two & more left."}]}]}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "One came."}]},
    ]},
    "plain": [{"type": "p", "text": "They met."}, {"type": "advert", "text": "Buy this."},
              {"type": "p", "text": "Two & more left."}, {"type": "p", "text": "One came."}],
}  # fmt: skip


@pytest.mark.parametrize("kind", BLOCKS)
def test_blocks_are_paragraphs(tmp_path, kind):
    record = {"title": "Talks", "content": BLOCKS[kind], "published": "2022-03-29"}
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"items": [record]}))
    (article,) = read_articles(file)
    assert isinstance(article, Article)
    assert article.text == "They met.\n\nTwo & more left.\n\nOne came."


@pytest.mark.parametrize(
    "content", [{"type": "doc", "content": []}, {"blocks": [{"type": "image"}]}]
)
def test_blocks_without_words_are_no_article(content):
    assert not isinstance(read_record({"title": "Talks", "content": content}, ""), Article)
