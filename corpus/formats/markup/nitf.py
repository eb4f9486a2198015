"""NITF, the News Industry Text Format of the IPTC."""

import re
from typing import Any

from ..dating import stated_date
from ..file import File
from ..format import Format, Reads
from ..fragments import text_of_tree
from ..records.record import cleaned, make_article
from .xml_tree import parsed_xml, words_of

# Nothing is matched in two ways, so that no file makes this slow.
_LEAD = rb"(?:\xef\xbb\xbf)?(?>\s+|<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*>|<!--.*?-->)*+"
_NITF = re.compile(_LEAD + rb"<nitf[\s>]", re.DOTALL)


def _recognises(file: File) -> bool:
    return _NITF.match(file.start) is not None


def _read(file: File) -> Reads:
    tree = parsed_xml(file.content(), file, "NITF")
    fields = fields_of(tree)
    body = tree.find(".//{*}body.content")
    text = "" if body is None else text_of_tree(body)
    yield file.where, make_article(fields, cleaned(text), file.where, known_as=file.id)


def fields_of(tree: Any) -> dict[str, object]:
    """Return what a document in NITF states of itself."""
    headline = tree.find(".//{*}hedline/{*}hl1")
    title = words_of(headline) or words_of(tree.find(".//{*}head/{*}title"))
    identity = tree.find(".//{*}docdata/{*}doc-id")
    publication = tree.find(".//{*}pubdata")
    distributor = words_of(tree.find(".//{*}distributor"))
    stated = (tree.find(f".//{{*}}docdata/{{*}}{name}") for name in ("date.issue", "date.release"))
    days = [day.get("norm") for day in stated if day is not None]
    days += [publication.get("date.publication")] if publication is not None else []
    people = [words_of(one) for one in tree.iterfind(".//{*}byline/{*}person")]
    return {
        "id": identity.get("id-string") if identity is not None else None,
        "title": title,
        "source": (publication.get("name") if publication is not None else None) or distributor,
        "published": next((day for day in map(stated_date, days) if day), None),
        "authors": people or [words_of(tree.find(".//{*}byline"))],
    }


NITF = Format("NITF", (".nitf",), _read, _recognises, library="lxml")
