"""Rich text as editors and content systems store it: blocks within blocks, the words at the end.

Editor.js, Slate, ProseMirror (Tiptap), Draft.js, Portable Text (Sanity), Contentful and Gutenberg
name their parts differently, but all have kinds of blocks, and lists of what is in them.
"""

import re
from collections.abc import Iterator, Mapping

from ..fragments import is_markup, text_of_markup

_KIND = ("type", "_type", "nodeType", "blockName")
_LISTS = ("children", "content", "blocks", "innerBlocks", "items")
_WORDS = ("text", "value", "content", "html", "innerHTML")
_INLINE = re.compile(
    r"|text|span|mark|(?:hyper|entry-|asset-)?link|mention|hard_?break", re.IGNORECASE
)
_NO_PROSE = re.compile(
    r"image|photo|picture|video|audio|gallery|embed|iframe|media|widget|ad(?:vert.*)?|asset|code"
    r"|related.*|newsletter|promo|social|tweet|button|form|caption|html",
    re.IGNORECASE,
)


def is_rich_text(value: object) -> bool:
    """Return whether a value is a block or a document of blocks, and no record or plain value.

    >>> is_rich_text({"type": "doc", "content": [{"type": "paragraph", "content": []}]})
    True
    >>> is_rich_text({"type": "text/html", "value": "<p>They met.</p>"})
    False
    """
    if not isinstance(value, Mapping):
        return False
    within = [held for name in _LISTS if isinstance(held := value.get(name), list)]
    return any(_are_blocks(held) for held in within)


def _are_blocks(values: list[object]) -> bool:
    return any(
        isinstance(one, Mapping) and any(name in one for name in (*_KIND, "text")) for one in values
    )


def text_of_blocks(value: object) -> str:
    """Return the words in blocks: a blank line between paragraphs, pictures and such left out.

    >>> text_of_blocks([{"type": "paragraph", "data": {"text": "They met."}}, {"type": "image"}])
    'They met.'
    """
    paragraphs = (text_of_markup(one) if is_markup(one) else one for one in _paragraphs(value))
    return "\n\n".join(filter(None, paragraphs))


def _paragraphs(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _paragraphs(one)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) and not _NO_PROSE.fullmatch(_kind_of(value)):
        within = _list_in(value)
        if within is not None and any(map(_is_paragraph, within)):
            yield from _paragraphs(within)
        else:
            yield _words_of(value)


def _is_paragraph(value: object) -> bool:
    """Return whether a part has parts of its own, or stands alone: it is not some words of one."""
    if not isinstance(value, Mapping):
        return isinstance(value, str)
    return not _INLINE.fullmatch(_kind_of(value))


def _words_of(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(map(_words_of, value))
    if not isinstance(value, Mapping) or _NO_PROSE.fullmatch(_kind_of(value)):
        return ""
    within = _list_in(value)
    if within is not None:
        return _words_of(within)
    named = (value.get(name) for name in _WORDS)
    return next((one for one in named if isinstance(one, str)), "") or _words_of(value.get("data"))


def _list_in(value: Mapping[str, object]) -> list[object] | None:
    places = (value, data) if isinstance(data := value.get("data"), Mapping) else (value,)
    lists = (place.get(name) for place in places for name in _LISTS)
    return next((held for held in lists if isinstance(held, list) and held), None)


def _kind_of(value: Mapping[str, object]) -> str:
    return next((kind for name in _KIND if isinstance(kind := value.get(name), str)), "")
