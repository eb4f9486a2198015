"""Messages (EML): newsletters, with the outlet that sent them and the day."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from ...errors import NoText
from ..file import File
from ..format import Format, Reads
from ..records.record import cleaned, make_article

_HEADER = re.compile(rb"(?:From |[A-Za-z][A-Za-z-]*:[ \t])")
_OF_MAIL = re.compile(rb"(?im)^(?:Message-ID|MIME-Version|Received|Return-Path|Delivered-To):")
_COMMON = re.compile(rb"(?im)^(From|To|Subject|Date|Content-Type):")
_FOOTER = re.compile(
    r".{0,80}\b(?:unsubscribe|view (?:this email |it |this )?in (?:your|a) browser"
    r"|manage (?:your )?preferences|update your preferences)\b.{0,80}",
    re.IGNORECASE,
)
_FEWEST_COMMON = 2


def is_message(file: File) -> bool:
    """Return whether a file begins with the headers of a message."""
    if not _HEADER.match(file.start):
        return False
    headers = re.split(rb"\r?\n\r?\n", file.start, maxsplit=1)[0]
    common = {found.lower() for found in _COMMON.findall(headers)}
    return bool(_OF_MAIL.search(headers)) and len(common) >= _FEWEST_COMMON


def parsed(file: File) -> EmailMessage:
    """Return the message in a file. Raises FileTooLarge."""
    message = message_from_bytes(file.content(), policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101
    return message


def _read(file: File) -> Reads:
    message = parsed(file)
    text = _body(message)
    fields = {
        "title": _header(message, "Subject"),
        "source": _sender(_header(message, "From")),
        "published": _day(_header(message, "Date")),
    }
    attached = list(_attached(message))
    if text or not attached:
        article = make_article(fields, text, file.where, known_as=file.id)
        yield file.where, article if text else NoText(where=file.where)
    for name, raw in attached:
        yield f"{file.where}, {name}", file.part(name, raw)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError, TypeError):  # of a header that is none
        return ""


def _sender(written: str) -> str:
    name, address = parseaddr(written)
    return name or address.rpartition("@")[2]


def _day(written: str) -> str:
    try:
        return parsedate_to_datetime(written).isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def _body(message: EmailMessage) -> str:
    """Return the text of a message: of its HTML, else of its plain text."""
    part = message.get_body(("html", "plain"))
    text = content_of(part) if part is not None else ""
    return "\n\n".join(
        block for block in cleaned(text).split("\n\n") if not _FOOTER.fullmatch(block)
    )


def content_of(part: MIMEPart) -> str:
    """Return the text of a part of a message, whatever encoding it states."""
    raw = part.get_payload(decode=True)
    raw = raw if isinstance(raw, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return raw.decode(charset, "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _attached(message: EmailMessage) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for number, part in enumerate(message.iter_attachments(), start=1):
        if part.get_content_type() == "message/rfc822":  # it was forwarded
            found += [(f"message {number}.eml", bytes(one)) for one in part.iter_parts()]
            continue
        name, raw = part.get_filename(), part.get_payload(decode=True)
        if name and isinstance(raw, bytes) and part.get_content_maintype() != "image":
            found.append((name, raw))
    return found


MESSAGE = Format("mail (EML)", (".eml",), _read, is_message)
