"""NewsML 1, which agencies sent before NewsML-G2: items of components within components."""

import re
from collections.abc import Iterator
from typing import Any

from ..dating import stated_date
from ..file import File
from ..format import Format, Reads, Skipped
from ..fragments import text_of_markup, text_of_tree
from ..records.record import cleaned, make_article
from .nitf import fields_of
from .xml_tree import parsed_xml, words_of

# Nothing is matched in two ways, so that no file makes this slow.
_LEAD = rb"(?:\xef\xbb\xbf)?(?>\s+|<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*>|<!--.*?-->)*+"
_NEWSML = re.compile(_LEAD + rb"<NewsML[\s>]", re.DOTALL)
_TIMES = ("FirstCreated", "ThisRevisionCreated")


def _recognises(file: File) -> bool:
    return _NEWSML.match(file.start) is not None


def _read(file: File) -> Reads:
    tree = parsed_xml(file.content(), file, "NewsML 1")
    for number, item in enumerate(tree.iter("{*}NewsItem"), start=1):
        where = f"{file.where}, item {number}"
        text = "\n\n".join(_texts(item))
        if not text:
            yield where, Skipped("item without text in NewsML")
            continue
        yield where, make_article(_fields(item), cleaned(text), where)


def _texts(item: Any) -> Iterator[str]:
    """Yield the texts of an item; a picture that comes with it has only a caption."""
    for content in item.iter("{*}ContentItem"):
        kind = content.find("{*}MediaType")
        data = content.find("{*}DataContent")
        if data is None or (kind is not None and kind.get("FormalName", "Text") != "Text"):
            continue
        body = next(data.iter("{*}body.content"), None)
        inside = data if body is None else body
        yield text_of_tree(inside) if len(inside) else text_of_markup(inside.text or "")


def _fields(item: Any) -> dict[str, object]:
    nitf = next(item.iter("{*}nitf"), None)
    within = fields_of(nitf) if nitf is not None else {}
    times = (words_of(item.find(f"{{*}}NewsManagement/{{*}}{name}")) for name in _TIMES)
    party = item.find(".//{*}AdministrativeMetadata/{*}Provider/{*}Party")
    own = {
        "id": words_of(item.find(".//{*}NewsIdentifier/{*}PublicIdentifier")),
        "title": words_of(item.find(".//{*}NewsLines/{*}HeadLine")),
        "authors": [words_of(one) for one in item.iterfind(".//{*}NewsLines/{*}ByLine")],
        "source": None if party is None else party.get("FormalName"),
        "published": next((time for time in times if stated_date(time)), None),
    }
    return {**within, **{name: value for name, value in own.items() if value}}


NEWSML_1 = Format("NewsML 1", (), _read, _recognises, library="lxml")
