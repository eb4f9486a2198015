"""Where an article can be opened, for those who cite it: always a link, and never a harmful one."""

from urllib.parse import quote

from ..corpus.article import Article, is_web_address
from ..index.archive import ArticleRef

RESOURCES = "dragoman://articles/"
"""What the addresses of articles begin with where no service shows them: MCP resources."""

_KEPT = ":/?#@!$&'*+,;=%~[]"  # of RFC 3986, without the brackets that end a link in Markdown


def article_link(article: Article | ArticleRef, service: str | None) -> str:
    """Return the article's own web address, or that of its page at the address of a `service`.

    Without a service it is the URI of an MCP resource. Addresses that are not of the web, such as
    `javascript:` and `data:`, are passed over.

    >>> article_link(Article("a/1", "Grain", "", url="data:text/html,x"), "http://localhost:8000")
    'http://localhost:8000/articles/a%2F1'
    """
    return web_address(article.url) or own_link(article.id, service)


def own_link(id: str, service: str | None) -> str:
    """Return the address of the article with this id at a `service`, or its MCP resource."""
    folder = RESOURCES if service is None else f"{service}/articles/"
    return folder + quote(id, safe="")


def web_address(url: str | None) -> str | None:
    """Return a web address as it can be put into any markup, or None for anything else.

    >>> web_address('https://my.org/a b)"')
    'https://my.org/a%20b%29%22'
    """
    return quote(url, safe=_KEPT) if url and is_web_address(url) else None
