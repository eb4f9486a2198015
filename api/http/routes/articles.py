"""`/v1/articles`: the articles of the archive; `/v1/sources` and `/v1/tags`: what they are of."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from ...changes import VersionsMessage
from ...requests import ArticlesParameters, Day
from ...schemas import (
    ArticleMessage,
    ArticlePassageMessage,
    ArticlePassagesMessage,
    ArticlesMessage,
    ArticleTextMessage,
    SimilarArticlesMessage,
    SimilarMessage,
    SourcesMessage,
    TagsMessage,
    TallyMessage,
)
from ..dependencies import DragomanDep

router = APIRouter(tags=["articles"])

_Limit = Annotated[int, Query(ge=1, le=100)]


@router.get("/v1/articles", summary="List the articles", operation_id="list_articles")
def articles(
    dragoman: DragomanDep, parameters: Annotated[ArticlesParameters, Query()]
) -> ArticlesMessage:
    """Return the articles that pass, in the order in which they were added, page by page."""
    page = dragoman.listing.page(
        parameters.to_filters(),
        parameters.family,
        parameters.cursor,
        parameters.offset,
        parameters.limit,
    )
    messages = [ArticleMessage.model_validate(article) for article in page.articles]
    return ArticlesMessage(articles=messages, total=page.total, next_cursor=page.next_cursor)


# Before the article itself, since an id may have slashes in it.
@router.get(
    "/v1/articles/{id:path}/similar",
    summary="Find similar articles",
    operation_id="similar_articles",
)
def similar(
    dragoman: DragomanDep,
    id: str,
    limit: _Limit = 5,
    all_copies: bool = False,
    as_of: Day = None,
) -> SimilarArticlesMessage:
    """Return the articles nearest in meaning, without near-duplicates unless `all_copies`.

    With `as_of`, none that was published later, or states no day.
    """
    found = dragoman.listing.similar(id, limit, all_copies, as_of)
    messages = [
        SimilarMessage(article=ArticleMessage.model_validate(article), score=score)
        for article, score in found
    ]
    return SimilarArticlesMessage(similar=messages)


@router.get(
    "/v1/articles/{id:path}/passages",
    summary="List the passages of an article",
    operation_id="list_passages",
)
def passages(dragoman: DragomanDep, id: str) -> ArticlePassagesMessage:
    """Return the passages of an article, in order."""
    found = dragoman.listing.passages(id)
    messages = [
        ArticlePassageMessage(
            id=f"{id}#{stored.passage.position}",
            text=stored.passage.text,
            span=stored.passage.span,
        )
        for stored in found
    ]
    article = ArticleMessage.model_validate(found[0].article)
    return ArticlePassagesMessage(article=article, passages=messages)


@router.get(
    "/v1/articles/{id:path}/versions",
    summary="List the versions of an article",
    operation_id="list_versions",
)
def versions(dragoman: DragomanDep, id: str) -> VersionsMessage:
    """Return what an article said before it was replaced, and what has changed."""
    return VersionsMessage.of(dragoman.listing.versions(id))


@router.get(
    "/v1/articles/{id:path}",
    summary="Read an article",
    operation_id="get_article",
    response_model=ArticleTextMessage,
)
def article(
    dragoman: DragomanDep, request: Request, response: Response, id: str
) -> ArticleTextMessage | Response:
    """Return a whole article, or 304 where `If-None-Match` has its `ETag`."""
    found = dragoman.article(id)
    etag = f'"{found.content_hash}"'
    given = {tag.strip().removeprefix("W/") for tag in _if_none_match(request).split(",")}
    if given & {etag, "*"}:
        return Response(status_code=304, headers={"ETag": etag})
    response.headers["ETag"] = etag
    return ArticleTextMessage.model_validate(found)


@router.get("/v1/sources", summary="List the outlets", operation_id="list_sources")
def sources(dragoman: DragomanDep) -> SourcesMessage:
    """Return the outlets with their numbers of articles, those with the most first."""
    found = dragoman.listing.sources()
    return SourcesMessage(sources=[TallyMessage.model_validate(tally) for tally in found])


@router.get("/v1/tags", summary="List the tags", operation_id="list_tags")
def tags(dragoman: DragomanDep) -> TagsMessage:
    """Return the tags with their numbers of articles, those of the most first."""
    found = dragoman.listing.tags()
    return TagsMessage(tags=[TallyMessage.model_validate(tally) for tally in found])


def _if_none_match(request: Request) -> str:
    return request.headers.get("if-none-match", "")
