"""XML, parsed without its entities: a few lines of them can grow to more than memory holds."""

from typing import Any

from ...errors import BrokenFile
from ..file import File


def parsed_xml(raw: bytes, file: File, format: str) -> Any:
    """Return the root element of an XML document, an lxml element. Raises BrokenFile."""
    from lxml import html

    parser = html.etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return html.etree.fromstring(raw.lstrip(), parser)
    except (html.etree.XMLSyntaxError, ValueError) as error:
        reason = f"not XML: {str(error).split('(')[0].strip()}"
        raise BrokenFile(where=file.where, format=format, reason=reason) from error


def words_of(element: Any) -> str:
    """Return the words in an element, on one line; None has none."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
