"""The `mcp` command: the articles as tools for a chatbot on this machine."""

import os

from ...search.dragoman import Dragoman
from ..chat_model import chat_model_from
from .options import ArchiveOption, EncoderOption, RerankerOption
from .progress import upgrade


def mcp(
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """Serve the articles to a chatbot, by the Model Context Protocol.

    The chatbot starts this command itself, and ends it.
    """
    chat_model = chat_model_from(os.environ)
    with Dragoman.open(archive, encoder, reranker, chat_model=chat_model) as dragoman:
        upgrade(dragoman)
        if archive:
            dragoman.info()  # a wrong folder is told at once, not at the first call

        from ..mcp.reach import DirectReach  # imports the SDK, which takes a second
        from ..mcp.server import ArticleServer

        reach = DirectReach(dragoman)
        reach.begin()
        ArticleServer(lambda _: reach).run("stdio")
