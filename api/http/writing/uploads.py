"""What a request brings for a job: JSON, JSON Lines or files, kept until the job is done."""

import json
import re
import shutil
from pathlib import Path, PurePosixPath

from starlette.datastructures import FormData, UploadFile

from ....corpus.errors import UnknownFormat
from ....corpus.formats.registry import suffixes
from ....corpus.text.cleaning import one_line
from ....corpus.text.decoding import parsed_json
from ...errors import UploadNotUnderstood
from ...settings import ServiceSettings
from .fetching import keep_addresses
from .store import Job

_BATCH = "articles.jsonl"
_MOST_NAME_CHARACTERS = 200


def keep_json(body: bytes, folder: Path, job: Job, settings: ServiceSettings) -> None:
    """Keep the articles of a JSON body, one on each line, or its addresses.

    Raises UploadNotUnderstood, AddressesNotFetched and AddressNotUsable.
    """
    try:
        given = parsed_json(body.decode())
    except ValueError as error:
        raise UploadNotUnderstood(reason=f"it is not JSON ({error})") from error
    if isinstance(given, dict) and set(given) == {"addresses"}:
        keep_addresses(given["addresses"], job, settings)
        return
    if not isinstance(given, dict) or set(given) != {"articles"}:
        raise UploadNotUnderstood(reason="it is not an object with “articles” or “addresses” alone")
    articles = given["articles"]
    if not isinstance(articles, list) or not articles:
        raise UploadNotUnderstood(reason="its “articles” are not a list of one or more")
    lines = "\n".join(json.dumps(article) for article in articles)
    keep_lines(lines.encode(), folder, job)


def keep_lines(body: bytes, folder: Path, job: Job) -> None:
    """Keep a body of JSON Lines. Raises UploadNotUnderstood where it is empty."""
    if not body.strip():
        raise UploadNotUnderstood(reason="it is empty")
    _keep(body, folder, job, _BATCH)


def keep_files(form: FormData, folder: Path, job: Job) -> None:
    """Keep the files of a form. Raises UploadNotUnderstood and UnknownFormat."""
    files = [file for _, file in form.multi_items() if isinstance(file, UploadFile)]
    if not files:
        raise UploadNotUnderstood(reason="it has no file")
    names = [_name(file) for file in files]
    if len(set(names)) < len(names):
        raise UploadNotUnderstood(reason="two of its files have the same name")
    for name, file in zip(names, files, strict=True):
        with _new(folder, job, name).open("wb") as kept:
            shutil.copyfileobj(file.file, kept)


def _keep(body: bytes, folder: Path, job: Job, name: str) -> None:
    _new(folder, job, name).write_bytes(body)


def _new(folder: Path, job: Job, name: str) -> Path:
    """Return where to keep a file: nothing of its name but the ending, which is a known one."""
    folder.mkdir(parents=True, exist_ok=True)
    stored = f"{len(job.files) + 1:05d}{PurePosixPath(name).suffix.lower()}"
    job.files.append((stored, name))
    return folder / stored


def _name(file: UploadFile) -> str:
    """Return the name that a file was sent by, as it may be shown. Raises UnknownFormat."""
    parts = re.split(r"[/\\]", one_line(file.filename or ""))
    name = "/".join(part for part in parts if part.strip(". "))[-_MOST_NAME_CHARACTERS:]
    if PurePosixPath(name).suffix.lower() not in suffixes():
        raise UnknownFormat(where=name or "a file without a name", known=", ".join(suffixes()))
    return name
