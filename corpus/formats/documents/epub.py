"""Electronic books (EPUB), as newspapers are sent to readers: an article in each chapter."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from ...errors import BrokenFile, FileProtected
from ..file import File, id_within
from ..format import Format, Reads, Skipped
from ..fragments import text_of_tree
from ..markup.xml_tree import parsed_xml, words_of
from ..records.record import cleaned, make_article
from .zipped import opened_zip, part_of

_FEWEST_WORDS = 20  # of a chapter that is an article, and no cover or title page
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html")


def _recognises(file: File) -> bool:
    is_marked = file.start.startswith(b"PK") and b"application/epub+zip" in file.start[:200]
    return is_marked or "META-INF/container.xml" in file.zip_names


def _read(file: File) -> Reads:
    with opened_zip(file, "EPUB") as archive:
        if {"META-INF/encryption.xml", "META-INF/rights.xml"} <= set(archive.namelist()):
            raise FileProtected(where=file.where, format="EPUB")
        package, folder = _package(archive, file)
        stated = _stated(package)
        for name in _chapters(package, folder):
            where = f"{file.where}, {name}"
            title, text = _chapter(part_of(archive, name, file, "EPUB"))
            if len(text.split()) < _FEWEST_WORDS:
                yield where, Skipped("page of a book without an article")
                continue
            fields = {**stated, "title": title}
            yield where, make_article(fields, cleaned(text), where, id_within(file.id, name))


def _package(archive: ZipFile, file: File) -> tuple[Any, str]:
    container = parsed_xml(part_of(archive, "META-INF/container.xml", file, "EPUB"), file, "EPUB")
    paths = [one.get("full-path") for one in container.iter("{*}rootfile") if one.get("full-path")]
    if not paths:
        raise BrokenFile(where=file.where, format="EPUB", reason="it names no package")
    package = parsed_xml(part_of(archive, paths[0], file, "EPUB"), file, "EPUB")
    return package, posixpath.dirname(paths[0])


def _stated(package: Any) -> Mapping[str, str]:
    names = {"publisher": "source", "date": "published", "title": "publication"}
    found = {field: words_of(package.find(f".//{_DC}{name}")) for name, field in names.items()}
    return {field: value for field, value in found.items() if value}


def _chapters(package: Any, folder: str) -> Iterator[str]:
    items = {item.get("id"): item for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        if "nav" not in (item.get("properties") or "").split():
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))


def _chapter(raw: bytes) -> tuple[str, str]:
    """Return the title of a chapter and its text below that."""
    from lxml import html

    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(raw, parser=parser)
    except (html.etree.ParserError, ValueError):
        return "", ""
    heading = next(tree.iter("h1", "h2", "h3"), None)
    title = words_of(heading)
    if heading is not None:
        heading.drop_tree()
    return title or words_of(next(tree.iter("title"), None)), text_of_tree(tree)


EPUB = Format("EPUB", (".epub",), _read, _recognises, library="lxml")
