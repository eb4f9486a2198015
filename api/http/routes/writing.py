"""`/v1/articles`: adding, replacing and removing articles."""

from contextlib import suppress
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.convertors import PathConvertor, register_url_convertor

from ....corpus.article import Article
from ....corpus.errors import ReadingError
from ....corpus.formats.fragments import text_of_whole_markup
from ....corpus.formats.records.record import read_article
from ....index.errors import ArticleMissing, IndexesNotWritable
from ....search.dragoman import Dragoman
from ...changes import (
    ArticleRequest,
    ChangedMessage,
    RemovalParameters,
    RemovedMessage,
    check_id,
)
from ...schemas import ArticleMessage
from ..dependencies import WriterDep
from ..parsing import ParsedInThread


class _ArticleId(PathConvertor):
    """An id with slashes in it, which is not the address of something of another article."""

    regex = r"(?!.*/(?:similar|passages|versions)\Z).*"


register_url_convertor("article", _ArticleId())
router = APIRouter(tags=["articles"], route_class=ParsedInThread)


@router.put(
    "/v1/articles/{id:article}",
    operation_id="put_article",
    summary="Add or replace an article",
    responses={201: {"model": ChangedMessage, "description": "The article is new."}},
)
async def put_article(
    writer: WriterDep, id: str, article: ArticleRequest, response: Response
) -> ChangedMessage:
    """Add an article, or replace the one with this id. Once this answers, it is on disk.

    It is found by every search that begins afterwards.
    """
    check_id(id)
    given = article.to_article(id)
    changed = await writer.write(lambda dragoman: _put(dragoman, given))
    if changed.outcome == "added":
        response.status_code = 201
    return changed


@router.delete(
    "/v1/articles/{id:article}",
    operation_id="delete_article",
    summary="Remove an article",
    status_code=204,
)
async def delete_article(writer: WriterDep, id: str) -> None:
    """Remove an article with its passages. Once this answers, no search returns it."""
    await writer.write(lambda dragoman: _remove(dragoman, id))


@router.delete("/v1/articles", operation_id="delete_articles", summary="Remove articles by filter")
async def delete_articles(
    writer: WriterDep, parameters: Annotated[RemovalParameters, Query()]
) -> RemovedMessage:
    """Remove all articles that pass the filters, at once; there must be a filter."""
    filters = parameters.to_filters()
    removed = await writer.write(lambda dragoman: dragoman.remove_matching(filters))
    return RemovedMessage(removed=removed, total=len(removed))


def _put(dragoman: Dragoman, given: Article) -> ChangedMessage:
    try:
        held = dragoman.article(given.id)
    except ArticleMissing:
        held = None
    if held is None or held.text != given.text:  # what was read here is put back as it is
        given = replace(given, text=text_of_whole_markup(given.text))
    article = read_article(given, where=f"article {given.id!r}")
    if isinstance(article, ReadingError):
        raise article
    with suppress(IndexesNotWritable):  # it is stored all the same, and found
        dragoman.add(article)
    outcome = "added" if held is None else "unchanged" if held == article else "replaced"
    return ChangedMessage(article=ArticleMessage.model_validate(article), outcome=outcome)


def _remove(dragoman: Dragoman, id: str) -> None:
    dragoman.article(id)  # raises ArticleMissing
    with suppress(IndexesNotWritable):
        dragoman.remove(id)
