"""The bots of docs/examples/, against a fake of Slack's and Telegram's own addresses."""

import hashlib
import hmac
import importlib.util
import json
import time
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dragoman.api.client import Client
from pages import IN_CHECKOUT, ROOT
from served import served

pytestmark = pytest.mark.skipif(not IN_CHECKOUT, reason="not in a checkout")

FIRST, SECOND = "Who led Russia's delegation in Istanbul?", "And Ukraine's?"


def bot(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / "examples" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Platform:
    """What was called, and what is replied to each call."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict]] = []
        self.replies: dict[str, list] = {}
        everything = Route("/{method:path}", self._reply, methods=["GET", "POST"])
        self.app = Starlette(routes=[everything])

    async def _reply(self, request: Request) -> JSONResponse:
        method = request.path_params["method"].rpartition("/")[2]
        got = request.method == "GET"
        given = dict(request.query_params) if got else await request.json()
        self.calls.append((method, given))
        replies = self.replies.get(method)
        return JSONResponse(replies.pop(0) if replies else {"ok": True, "result": {}})

    def sent(self, method: str) -> list[dict]:
        return [given for called, given in self.calls if called == method]


@pytest.fixture
def platform() -> Iterator[tuple[Platform, str]]:
    platform = Platform()
    with served(platform.app) as port:
        yield platform, f"http://127.0.0.1:{port}/"


def test_the_telegram_bot_answers_and_remembers_each_chat(platform, talks_address):
    fake, address = platform

    def update(id: int, chat: int, text: str):
        return {"update_id": id, "message": {"message_id": id, "chat": {"id": chat}, "text": text}}

    fake.replies["getUpdates"] = [
        {"result": [update(1, 10, FIRST), {"update_id": 2}]},
        {"result": [update(3, 10, SECOND), update(4, 11, SECOND)]},
    ]
    with (
        httpx.Client(base_url=f"{address}botTOKEN/") as telegram,
        Client(talks_address) as dragoman,
    ):
        bot("telegram_bot").run(telegram, dragoman, rounds=2)
    assert [one["offset"] for one in fake.sent("getUpdates")] == [0, 3]
    first, followed, alone = fake.sent("sendMessage")
    assert "Medinsky" in first["text"]
    assert "[1] Who is who" in first["text"]
    assert "Arakhamia" in followed["text"]
    assert "Arakhamia" not in alone["text"]  # another chat has another history
    for one in (first, followed, alone):
        assert one["link_preview_options"] == {"is_disabled": True}
        assert "parse_mode" not in one
    assert followed["reply_parameters"] == {"message_id": 3}


def signed(body: bytes, at: float, secret: str = "secret") -> dict[str, str]:
    base = f"v0:{int(at)}:".encode() + body
    signature = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(int(at)), "X-Slack-Signature": f"v0={signature}"}


def test_the_slack_bot_answers_in_the_thread_and_knows_it(platform, talks_address, monkeypatch):
    fake, address = platform
    for name, value in (("API", address), ("TOKEN", "xoxb"), ("SECRET", "secret")):
        monkeypatch.setenv(f"SLACK_{name}", value)
    monkeypatch.setenv("DRAGOMAN", talks_address)
    said = [
        {"ts": "1.0", "user": "U1", "text": f"<@UBOT> {FIRST}"},
        {"ts": "2.0", "bot_id": "B1", "text": "Vladimir Medinsky led it. [1]"},
        {"ts": "3.0", "user": "U1", "text": f"<@UBOT> {SECOND}"},
    ]
    fake.replies["conversations.replies"] = [{"ok": True, "messages": said}]
    event = {"type": "app_mention", "channel": "C1", "ts": "3.0", "thread_ts": "1.0",
             "text": f"<@UBOT> {SECOND}"}  # fmt: skip
    body = json.dumps({"type": "event_callback", "event": event}).encode()
    with TestClient(bot("slack_bot").app) as client:
        now = time.time()
        for headers in ({}, signed(body, now, "other"), signed(body, now - 3600)):
            assert client.post("/slack/events", content=body, headers=headers).status_code == 401
        assert not fake.calls
        assert client.post("/slack/events", content=body, headers=signed(body, now)).is_success
        again = {**signed(body, now), "X-Slack-Retry-Num": "1"}
        assert client.post("/slack/events", content=body, headers=again).is_success
        check = b'{"type": "url_verification", "challenge": "c"}'
        shown = client.post("/slack/events", content=check, headers=signed(check, now)).json()
        assert shown == {"challenge": "c"}
    (posted,) = fake.sent("chat.postMessage")
    assert "Arakhamia" in posted["text"]
    assert (posted["channel"], posted["thread_ts"]) == ("C1", "1.0")
    assert posted["unfurl_links"] is posted["unfurl_media"] is posted["mrkdwn"] is False


@pytest.mark.parametrize("name", ["slack_bot", "telegram_bot"])
def test_a_bot_is_short(name):
    lines = (ROOT / "docs" / "examples" / f"{name}.py").read_text().splitlines()
    assert len(lines) < 60
