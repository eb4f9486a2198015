"""A Slack bot that answers where it is mentioned: uvicorn slack_bot:app"""
# SLACK_TOKEN (chat:write, channels:history), SLACK_SECRET (of signatures), DRAGOMAN (the service).

import hmac
import os
import re
import time
from html import escape

import httpx
from fastapi import BackgroundTasks, FastAPI, Request, Response

from dragoman.api.client import AsyncClient
from dragoman.api.errors import ServiceError, ServiceUnreachable

SLACK = os.environ.get("SLACK_API", "https://slack.com/api/")
app = FastAPI()


@app.post("/slack/events")
async def events(request: Request, after: BackgroundTasks):
    sent = request.headers.get("x-slack-request-timestamp", "")
    signed = f"v0:{sent}:".encode() + await request.body()
    right = hmac.new(os.environ["SLACK_SECRET"].encode(), signed, "sha256").hexdigest()
    given = request.headers.get("x-slack-signature", "").encode()
    if not hmac.compare_digest(f"v0={right}".encode(), given) or time.time() - int(sent) > 300:
        return Response(status_code=401)
    message = await request.json()
    event = message.get("event", {})  # none where Slack verifies the address
    if event.get("type") == "app_mention" and "x-slack-retry-num" not in request.headers:
        after.add_task(answer, event)  # what is sent again is being answered
    return {"challenge": message.get("challenge")}


async def answer(event):
    where = {"channel": event["channel"], "ts": event.get("thread_ts", event["ts"]), "limit": 50}
    headers = {"Authorization": f"Bearer {os.environ['SLACK_TOKEN']}"}
    async with httpx.AsyncClient(base_url=SLACK, headers=headers) as slack:
        said = (await slack.get("conversations.replies", params=where)).json().get("messages", [])
        turns = [turn(one) for one in said if float(one["ts"]) < float(event["ts"])]
        text = await reply(turn(event)["content"], turns[-12:])
        posted = {"channel": where["channel"], "thread_ts": where["ts"], "unfurl_links": False}
        posted |= {"mrkdwn": False, "unfurl_media": False, "text": escape(text, quote=False)}
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
    return {"role": role, "content": re.sub(r"<@\w+>", "", message["text"]).strip()}
