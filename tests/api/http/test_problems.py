"""Everything that goes wrong is a problem as RFC 9457 has it, with a code that is stable."""

import re
import string

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dragoman.api.http.problems import add_problem_handlers
from dragoman.corpus.errors import ColumnsUnusable, DragomanError, ReadingError
from dragoman.index import errors
from dragoman.index.errors import (
    ArchiveForbidden,
    ArchiveUnreachable,
    BackupError,
    EngineFailed,
)
from dragoman.search.errors import FilterMissing, QuestionError

MEMBERS = {"type", "title", "status", "detail", "code", "instance", "request_id"}
JSON = {"Content-Type": "application/json"}


def all_errors(kind: type[DragomanError] = DragomanError) -> list[type[DragomanError]]:
    """All errors but the command's own."""
    below = [one for one in kind.__subclasses__() if one.__module__ != "dragoman.api.errors"]
    return [kind, *(error for one in below for error in all_errors(one))]


def an_error(kind: type[DragomanError]) -> DragomanError:
    """Make an error of that kind, every fact of which is 7."""
    names = [name for _, name, _, _ in string.Formatter().parse(kind.__doc__ or "") if name]
    return kind(**dict.fromkeys(names, 7))


def service_that_raises(error: Exception) -> TestClient:
    app = FastAPI()
    add_problem_handlers(app)

    @app.get("/")
    def fail():
        raise error

    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "code"),
    [
        ("GET", "/nothing", None, {}, 404, "not-found"),
        ("GET", "/v1/articles/nothing", None, {}, 404, "article-missing"),
        ("PATCH", "/v1/articles/nothing", None, {}, 405, "method-not-allowed"),
        ("PUT", "/v1/search", b"{}", JSON, 405, "method-not-allowed"),
        ("GET", "/livez", None, {"Host": "evil.example"}, 400, "host-not-allowed"),
        ("GET", "/nothing", None, {"Host": ""}, 400, "host-not-allowed"),
        ("POST", "/v1/search", b"x" * 65_537, JSON, 413, "request-too-large"),
        ("POST", "/v1/search", b'{"question": "\xff"}', JSON, 400, "unreadable-request"),
        ("POST", "/v1/search", b"[" * 60_000, JSON, 400, "unreadable-request"),
        ("POST", "/v1/search", b'{"question": ', JSON, 422, "invalid-request"),
        ("POST", "/v1/search", b"", JSON, 422, "invalid-request"),
        ("GET", "/v1/search", None, {}, 422, "invalid-request"),
        ("GET", "/v1/search?q=", None, {}, 422, "empty-question"),
        ("GET", "/v1/search?q=a&mode=b", None, {}, 422, "unknown-mode"),
        ("GET", "/v1/search?q=a&limit=0", None, {}, 422, "limit-out-of-range"),
        ("GET", "/v1/search?q=a&since=b", None, {}, 422, "date-not-understood"),
        ("GET", "/v1/search?q=a&since=2022-02-02&as_of=2022-01-01", None, {}, 422,
         "since-after-as-of"),
    ],
)  # fmt: skip
def test_every_wrong_request_is_a_problem(client, method, path, body, headers, status, code):
    answer = client.request(method, path, content=body, headers=headers)
    problem = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem.keys() == MEMBERS
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:dragoman:{code}"
    assert problem["instance"] == path.split("?")[0]
    assert problem["title"]
    assert problem["detail"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"question": "a", "limitt": 3}, "limitt: "),
        ({"question": "a", "filters": {"sinse": "2022-01-01"}}, "filters.sinse: "),
        ({"question": "a", "filters": {"sources": ["b", 3]}}, "filters.sources.1: "),
        ({"question": "a", "limit": 1.5}, "limit: "),
        ({"question": "a", "limit": "x"}, "limit: "),
        ({"question": None}, "question: "),
        ({"limit": 3}, "question: "),
        ({"question": "a", "per_article": 0}, "per_article: "),
        ([], "body: "),
    ],
)
def test_the_field_that_is_wrong_is_named(client, body, said):
    answer = client.post("/v1/search", json=body)
    assert answer.json()["code"] == "invalid-request"
    assert said in answer.json()["detail"]


def test_all_that_is_wrong_is_named_at_once(client):
    detail = client.get("/v1/search?limit=x&sources=y").json()["detail"]
    assert all(f"{name}: " in detail for name in ("q", "limit", "sources"))


def test_json_that_breaks_off_is_said_to_do_so_and_where(client):
    answer = client.post("/v1/search", content=b'{"question": ', headers=JSON)
    assert "not JSON (Expecting value at character 13)" in answer.json()["detail"]


def test_json_that_is_not_sent_as_json_is_told_how(client):
    forms = {"Content-Type": "application/x-www-form-urlencoded"}  # what `curl -d` says
    answer = client.post("/v1/search", content=b'{"question": "a"}', headers=forms)
    assert answer.status_code == 422
    assert "Content-Type: application/json" in answer.json()["detail"]


# Only the command makes backups.
@pytest.mark.parametrize(
    "kind",
    [kind for kind in all_errors() if not issubclass(kind, BackupError)],
    ids=lambda kind: kind.__name__,
)
def test_no_error_advises_a_shell_command(kind):
    detail = service_that_raises(an_error(kind)).get("/").json()["detail"]
    assert not re.search(r"\bdragoman [a-z]+\b|\bpip\b| --[a-z]", detail)


@pytest.mark.parametrize("kind", all_errors(), ids=lambda kind: kind.__name__)
def test_every_error_of_the_library_is_a_problem_with_its_own_message(kind):
    error = an_error(kind)
    answer = service_that_raises(error).get("/")
    assert answer.headers["content-type"] == "application/problem+json"
    facts = {**error.facts, "path": "of this service"}  # whatever folder it is in
    if issubclass(kind, (ArchiveUnreachable, ArchiveForbidden, EngineFailed)):
        facts["reason"] = "the service's log says more"  # it may name the server
    said = str(kind(**facts))
    said = said.replace("There is no archive in of this service", "This service has no archive")
    assert (answer.json()["code"], answer.json()["detail"]) == (error.code, said)
    theirs = (QuestionError, ReadingError, FilterMissing, ColumnsUnusable)
    assert (answer.status_code == 422) == issubclass(kind, theirs)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.ArticleMissing, 404),
        (errors.ArchiveBusy, 503),
        (errors.ArchiveMissing, 503),
        (errors.ArchiveNotWritable, 507),
        (errors.EncoderMismatch, 503),
        (errors.ArchiveDamaged, 500),
        (errors.ModelUnusable, 500),
    ],
)
def test_the_status_says_whose_turn_it_is(kind, status):
    assert service_that_raises(an_error(kind)).get("/").status_code == status


def test_codes_are_all_different():
    codes = [an_error(kind).code for kind in all_errors()]
    assert len(set(codes)) == len(codes)


def test_what_was_not_foreseen_is_logged_and_not_shown(caplog):
    answer = service_that_raises(RuntimeError("the secret")).get("/")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert "the secret" in caplog.text
