"""Answers in the shapes of OpenAI's chat completions and responses."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...search.answer import Answer
from ..links import article_link
from .markdown import Mark, Spoken, spoken
from .requests import MODEL


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a reply is known by from its beginning: its id, and the second in which it began."""

    id: str = field(default_factory=lambda: secrets.token_hex(12))
    created: int = field(default_factory=lambda: int(time.time()))


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way to a client. Tokens are counted as the encoder does."""

    answer: Answer
    said: Spoken
    sources: dict[str, Any]
    prompt_tokens: int
    completion_tokens: int
    stamp: Stamp = field(default_factory=Stamp)


def reply_of(answer: Answer, service: str, tokens: Sequence[int]) -> Reply:
    """Return the reply that an answer makes; articles are linked at the address of the service."""
    prompt, completion = tokens
    return Reply(answer, spoken(answer, service), _sources(answer, service), prompt, completion)


def models() -> dict[str, Any]:
    """Return the list of models: one."""
    return {"object": "list", "data": [model()]}


def model() -> dict[str, Any]:
    """Return the one model."""
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


def chat_completion(reply: Reply) -> dict[str, Any]:
    """Return a whole chat completion."""
    message = {
        "role": "assistant",
        "content": reply.said.text,
        "refusal": None,
        "annotations": chat_annotations(reply.said.marks),
    }
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {
        **chat_head(reply.stamp, "chat.completion"),
        "choices": [choice],
        "usage": chat_usage(reply),
        **reply.sources,
    }


def response(reply: Reply) -> dict[str, Any]:
    """Return a whole response."""
    usage = {
        "input_tokens": reply.prompt_tokens,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": reply.completion_tokens,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": reply.prompt_tokens + reply.completion_tokens,
    }
    head = response_head(reply.stamp, "completed")
    return {**head, "usage": usage, "output": [item(reply)], **reply.sources}


def chat_head(stamp: Stamp, kind: str) -> dict[str, Any]:
    """Return what a chat completion and its chunks begin with."""
    return {
        "id": f"chatcmpl-{stamp.id}",
        "object": kind,
        "created": stamp.created,
        "model": MODEL,
        "system_fingerprint": None,
    }


def chat_usage(reply: Reply) -> dict[str, int]:
    """Return the tokens that a chat completion took."""
    total = reply.prompt_tokens + reply.completion_tokens
    return {
        "prompt_tokens": reply.prompt_tokens,
        "completion_tokens": reply.completion_tokens,
        "total_tokens": total,
    }


def response_head(stamp: Stamp, status: str) -> dict[str, Any]:
    """Return what a response has besides its output; what it took is known at its end."""
    return {
        "id": f"resp_{stamp.id}",
        "object": "response",
        "created_at": stamp.created,
        "status": status,
        "model": MODEL,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "parallel_tool_calls": False,
        "previous_response_id": None,
        "store": False,
        "temperature": None,
        "text": {"format": {"type": "text"}},
        "tool_choice": "none",
        "tools": [],
        "top_p": None,
        "usage": None,
    }


def item(reply: Reply) -> dict[str, Any]:
    """Return the message that is the output of a response."""
    return {
        "id": f"msg_{reply.stamp.id}",
        "type": "message",
        "role": "assistant",
        "status": "completed",
        "content": [part(reply.said.text, annotations(reply.said.marks))],
    }


def part(text: str, annotations: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the content of that message."""
    return {"type": "output_text", "text": text, "annotations": annotations, "logprobs": []}


def annotations(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """Return what the markers of a response cite."""
    return [{"type": "url_citation", **_cited(mark)} for mark in marks]


def chat_annotations(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """Return what the markers of a chat completion cite."""
    return [{"type": "url_citation", "url_citation": _cited(mark)} for mark in marks]


def _cited(mark: Mark) -> dict[str, Any]:
    return {
        "start_index": mark.start,
        "end_index": mark.end,
        "url": mark.url,
        "title": mark.title,
    }


def _sources(answer: Answer, service: str) -> dict[str, Any]:
    """Return what is cited and what was found, as Perplexity names it, and how sure we are."""
    found = {
        passage.article.id: {
            "title": passage.article.title,
            "url": article_link(passage.article, service),
            "date": passage.article.published.isoformat() if passage.article.published else None,
            "snippet": passage.passage.text,
        }
        for passage in reversed(answer.passages)
    }
    about = {"status": answer.status, "confidence": round(answer.confidence, 4)}
    return {
        "citations": [article_link(one.article, service) for one in answer.citations],
        "search_results": [*reversed(found.values())],
        MODEL: {**about, "reason": answer.reason, "undated": answer.undated},
    }
