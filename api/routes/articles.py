"""`/v1/articles`: the articles of the archive."""

from typing import Annotated

from fastapi import APIRouter, Query

from ..dependencies import DragomanDep
from ..messages import (
    ArticlesMessage,
    ArticleTextMessage,
    article_message,
    article_text_message,
)

router = APIRouter(tags=["articles"])


@router.get("/v1/articles", summary="List the articles")
def articles(
    dragoman: DragomanDep,
    offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> ArticlesMessage:
    """Give `limit` articles from the `offset`-th on, in the order they were added."""
    listed = [article_message(article) for article in dragoman.articles(offset, limit)]
    return ArticlesMessage(articles=listed, total=dragoman.info().articles)


@router.get("/v1/articles/{id:path}", summary="Read an article")
def article(dragoman: DragomanDep, id: str) -> ArticleTextMessage:
    """Give a whole article."""
    return article_text_message(dragoman.article(id))
