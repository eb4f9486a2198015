"""NewsML-G2, the exchange format of news agencies: one item, or a message of several."""

import re
from typing import Any

from ..file import File
from ..format import Format, Reads, Skipped
from ..fragments import text_of_markup, text_of_tree
from ..records.record import cleaned, make_article
from .nitf import fields_of
from .xml_tree import parsed_xml, words_of

# Nothing is matched in two ways, so that no file makes this slow.
_LEAD = rb"(?:\xef\xbb\xbf)?(?>\s+|<\?xml[^>]*\?>|<!--.*?-->)*+"
_NEWSML = re.compile(_LEAD + rb"<(?:\w+:)?(?:newsMessage|newsItem)[\s>]", re.DOTALL)
_DAYS = ("contentMeta/{*}contentCreated", "itemMeta/{*}firstCreated", "itemMeta/{*}versionCreated")


def _recognises(file: File) -> bool:
    return _NEWSML.match(file.start) is not None


def _read(file: File) -> Reads:
    tree = parsed_xml(file.content(), file, "NewsML-G2")
    for number, item in enumerate(tree.iter("{*}newsItem"), start=1):
        where = f"{file.where}, item {number}"
        content = item.find("{*}contentSet")
        text = "" if content is None else _text(content)
        if not text:
            yield where, Skipped("item without text in NewsML")
            continue
        yield where, make_article(_fields(item), cleaned(text), where, known_as=None)


def _text(content: Any) -> str:
    xml = content.find("{*}inlineXML")
    if xml is not None:
        body = next(xml.iter("{*}body.content"), None)
        return text_of_tree(xml if body is None else body)
    data = content.find("{*}inlineData")
    return "" if data is None else text_of_markup("".join(data.itertext()))


def _fields(item: Any) -> dict[str, object]:
    nitf = next(item.iter("{*}nitf"), None)
    within = fields_of(nitf) if nitf is not None else {}
    stated = [words_of(item.find(f"{{*}}{path}")) for path in _DAYS]
    meta = item.find("{*}contentMeta")
    authors = [words_of(one) for one in meta.iterfind("{*}by")] if meta is not None else []
    authors += [words_of(one) for one in item.iterfind("{*}contentMeta/{*}creator/{*}name")]
    provider = item.find("{*}itemMeta/{*}provider")
    source = words_of(item.find("{*}contentMeta/{*}infoSource/{*}name")) or words_of(provider)
    own = {
        "id": item.get("guid"),
        "title": words_of(item.find("{*}contentMeta/{*}headline")),
        "source": source or words_of(item.find("{*}contentMeta/{*}creditline")),
        "published": next((day[:10] for day in stated if day), None),
        "authors": authors,
    }
    return {**within, **{name: value for name, value in own.items() if value}}


NEWSML = Format("NewsML-G2", (".newsml",), _read, _recognises, library="lxml")
