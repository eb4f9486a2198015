"""`/v1/articles`: the articles of the archive."""

from typing import Annotated

from fastapi import APIRouter, Query

from ...schemas import (
    ArticlesMessage,
    ArticlesParameters,
    ArticleTextMessage,
    article_message,
    article_text_message,
)
from ..dependencies import DragomanDep

router = APIRouter(tags=["articles"])


@router.get("/v1/articles", summary="List the articles")
def articles(
    dragoman: DragomanDep, parameters: Annotated[ArticlesParameters, Query()]
) -> ArticlesMessage:
    """Give `limit` articles from the `offset`-th on, in the order they were added."""
    listed = map(article_message, dragoman.articles(parameters.offset, parameters.limit))
    return ArticlesMessage(articles=list(listed), total=dragoman.info().articles)


@router.get("/v1/articles/{id:path}", summary="Read an article")
def article(dragoman: DragomanDep, id: str) -> ArticleTextMessage:
    """Give a whole article."""
    return article_text_message(dragoman.article(id))
