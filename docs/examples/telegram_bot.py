"""A Telegram bot that answers from the articles: python telegram_bot.py

TELEGRAM_TOKEN is what @BotFather gave you, DRAGOMAN the address of the service.
"""

import os
from collections import defaultdict, deque

import httpx

from dragoman.api.client import Client
from dragoman.api.errors import ServiceError, ServiceUnreachable

MOST_CHARACTERS = 4096  # of a message, says Telegram
TURNS = 12  # of a conversation that are remembered


def run(telegram: httpx.Client, dragoman: Client, rounds: int | None = None) -> None:
    """Answer what is written to the bot, for ever or so many rounds."""
    histories = defaultdict(lambda: deque(maxlen=TURNS))
    after = 0
    while rounds is None or (rounds := rounds - 1) >= 0:
        waiting = {"offset": after, "timeout": 50, "allowed_updates": ["message"]}
        for update in call(telegram, "getUpdates", waiting):
            after = update["update_id"] + 1
            message = update.get("message", {})
            if question := message.get("text"):
                text = reply(dragoman, question, histories[message["chat"]["id"]])
                sent = {"chat_id": message["chat"]["id"], "text": text[:MOST_CHARACTERS]}
                sent["link_preview_options"] = {"is_disabled": True}  # no parse_mode: plain text
                sent["reply_parameters"] = {"message_id": message["message_id"]}
                call(telegram, "sendMessage", sent)


def reply(dragoman: Client, question: str, history: deque) -> str:
    try:
        found = dragoman.ask(question, history)
    except (ServiceError, ServiceUnreachable) as error:
        return str(error)
    if not found.answer:
        return " ".join(["The articles do not answer this.", *found.warnings])
    history.append({"role": "user", "content": question})
    history.append({"role": "assistant", "content": found.answer})
    sources = [f"[{one.number}] {one.article.title}" for one in found.citations]
    return "\n".join([found.answer, "", *sources])


def call(telegram: httpx.Client, method: str, parameters: dict):
    response = telegram.post(method, json=parameters)
    response.raise_for_status()
    return response.json()["result"]


if __name__ == "__main__":
    base = f"https://api.telegram.org/bot{os.environ['TELEGRAM_TOKEN']}/"
    with httpx.Client(base_url=base, timeout=60) as http, Client(os.environ["DRAGOMAN"]) as client:
        run(http, client)
