"""A Slack bot that answers where it is mentioned: uvicorn slack_bot:app

SLACK_TOKEN (chat:write, channels:history), SLACK_SECRET (of signatures), DRAGOMAN (the service).
"""

import hashlib
import hmac
import os
import re
import time

import httpx
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dragoman.api.client import AsyncClient
from dragoman.api.errors import ServiceError, ServiceUnreachable

SLACK = os.environ.get("SLACK_API", "https://slack.com/api/")


async def events(request):
    body, sent = await request.body(), request.headers.get("x-slack-request-timestamp", "0")
    signed = hmac.new(
        os.environ["SLACK_SECRET"].encode(), f"v0:{sent}:".encode() + body, hashlib.sha256
    )
    given = request.headers.get("x-slack-signature", "")
    if (
        not hmac.compare_digest(f"v0={signed.hexdigest()}", given)
        or abs(time.time() - int(sent)) > 300
    ):
        return Response(status_code=401)
    message = await request.json()
    if message["type"] == "url_verification":
        return JSONResponse({"challenge": message["challenge"]})
    repeated = "x-slack-retry-num" in request.headers  # it is being answered
    asked = message["event"]["type"] == "app_mention" and not repeated
    return Response(background=BackgroundTask(answer, message["event"]) if asked else None)


async def answer(event):
    thread = event.get("thread_ts", event["ts"])
    where = {"channel": event["channel"], "ts": thread, "limit": 50}
    headers = {"Authorization": f"Bearer {os.environ['SLACK_TOKEN']}"}
    async with httpx.AsyncClient(base_url=SLACK, headers=headers) as slack:
        said = (await slack.get("conversations.replies", params=where)).json().get("messages", [])
        turns = [turn(one) for one in said if one["ts"] < event["ts"]]
        text = await reply(plain(event["text"]), turns[-12:])
        for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = text.replace(character, entity)  # nothing is a link, nobody is called
        posted = {"channel": event["channel"], "thread_ts": thread, "text": text, "mrkdwn": False}
        posted |= {"unfurl_links": False, "unfurl_media": False}
        await slack.post("chat.postMessage", json=posted)


async def reply(question, history):
    try:
        async with AsyncClient(os.environ["DRAGOMAN"]) as dragoman:
            found = await dragoman.ask(question, history)
    except (ServiceError, ServiceUnreachable) as error:
        return str(error)
    sources = [f"[{one.number}] {one.article.title}" for one in found.citations]
    return "\n".join([found.answer or " ".join(found.warnings), *sources])


def turn(message):
    role = "assistant" if message.get("bot_id") else "user"
    return {"role": role, "content": plain(message["text"])}


def plain(text):
    return re.sub(r"<@\w+>", "", text).strip()


app = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
