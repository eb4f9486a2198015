"""A web site on this machine, of real sockets, to fetch from."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext

Reply = tuple[int, dict[str, str], bytes]
Route = Reply | Callable[[BaseHTTPRequestHandler], Reply | None]
HTML = {"Content-Type": "text/html; charset=utf-8"}


def page(title: str, text: str, head: str = "") -> bytes:
    """A page with one article."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def drawn_pdf(stated: bytes, drawn: bytes) -> bytes:
    """A PDF of one page; `stated` says how what is drawn on it is packed."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d%b>>stream\n%b\nendstream" % (len(drawn), stated, drawn),
    )
    written, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(written)
    return written + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


class Site:
    """What is at each path, and what was asked for."""

    def __init__(self, host: str, port: int, scheme: str = "http") -> None:
        self.host = f"{host}:{port}"
        self.root = f"{scheme}://{self.host}"
        self.routes: dict[str, Route] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.closing = threading.Event()

    def at(self, path: str) -> str:
        return self.root + path

    def put(self, path: str, title: str, text: str, head: str = "", **headers: str) -> str:
        """Put an article at a path; return its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.routes[path] = (200, HTML | named, page(title, text, head))
        return self.at(path)

    def pages_asked(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]


@contextmanager
def served(
    host: str = "127.0.0.1", name: str = "localhost", tls: SSLContext | None = None, port: int = 0
) -> Iterator[Site]:
    """Run a site that listens on `host` and is called `name`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            route = site.routes.get(self.path, (404, HTML, b"nothing here"))
            reply = route(self) if callable(route) else route
            if reply is None:
                self.close_connection = True
                return
            status, headers, body = reply
            self.send_response(status)
            for header, value in headers.items():
                self.send_header(header, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing of clients that went away."""

    server = Server((host, port), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = Site(name, server.server_address[1], "https" if tls else "http")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def conditional(body: Callable[[], tuple[str, bytes]], kind: str) -> Route:
    """A route whose ETag is what `body` says first; it sends nothing to those who have that."""

    def reply(request: BaseHTTPRequestHandler) -> Reply:
        etag, content = body()
        if request.headers.get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        return 200, {"Content-Type": kind, "ETag": etag}, content

    return reply


def endless(site: Site, block: bytes, start: bytes = b"", pause: float = 0.0) -> Route:
    """A route that never ends what it sends."""

    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "application/rss+xml")
        request.send_header("Connection", "close")
        request.end_headers()
        request.wfile.write(start)
        while not site.closing.is_set():
            request.wfile.write(block)
            time.sleep(pause)

    return reply
