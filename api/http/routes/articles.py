"""`/v1/articles`: the articles of the archive."""

from typing import Annotated

from fastapi import APIRouter, Query

from ...requests import ArticlesParameters
from ...schemas import ArticleMessage, ArticlesMessage, ArticleTextMessage
from ..dependencies import DragomanDep

router = APIRouter(tags=["articles"])


@router.get("/v1/articles", summary="List the articles")
def articles(
    dragoman: DragomanDep, parameters: Annotated[ArticlesParameters, Query()]
) -> ArticlesMessage:
    """Return `limit` articles, starting at `offset`, in the order in which they were added."""
    listed = dragoman.articles(parameters.offset, parameters.limit)
    messages = [ArticleMessage.model_validate(article) for article in listed]
    return ArticlesMessage(articles=messages, total=dragoman.info().articles)


@router.get("/v1/articles/{id:path}", summary="Read an article")
def article(dragoman: DragomanDep, id: str) -> ArticleTextMessage:
    """Return a whole article."""
    return ArticleTextMessage.model_validate(dragoman.article(id))
