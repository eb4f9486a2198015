"""Answers in the shapes of OpenAI's chat completions and responses, whole and in pieces."""

import json
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...search.answer import Answer
from ..links import article_link
from .markdown import Mark, Spoken, spoken
from .requests import MODEL

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way to a client. Tokens are counted as the encoder does."""

    answer: Answer
    said: Spoken
    sources: dict[str, Any]
    prompt_tokens: int
    completion_tokens: int
    id: str = field(default_factory=lambda: secrets.token_hex(12))
    created: int = field(default_factory=lambda: int(time.time()))


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
        "annotations": _chat_annotations(reply.said.marks),
    }
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {
        **_chat_head(reply, "chat.completion"),
        "choices": [choice],
        "usage": _chat_usage(reply),
        **reply.sources,
    }


def chat_chunks(reply: Reply, pieces: Sequence[str], with_usage: bool) -> Iterator[Event]:
    """Yield the chunks of a chat completion; the last delta has the annotations."""
    head = _chat_head(reply, "chat.completion.chunk")
    usage = {"usage": None} if with_usage else {}

    def chunk(delta: dict[str, Any], finish: str | None = None) -> Event:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {**head, "choices": [choice], **usage}

    yield chunk({"role": "assistant", "content": "", "refusal": None})
    for piece in pieces:
        yield chunk({"content": piece})
    last = chunk({"annotations": _chat_annotations(reply.said.marks)}, "stop")
    yield {**last, **reply.sources}
    if with_usage:
        yield {**head, "choices": [], "usage": _chat_usage(reply)}


def response(reply: Reply) -> dict[str, Any]:
    """Return a whole response."""
    return {**_response_head(reply, "completed"), "output": [_item(reply)], **reply.sources}


def response_events(reply: Reply, pieces: Sequence[str]) -> Iterator[Event]:
    """Yield the events of a response, numbered."""
    for number, event in enumerate(_response_events(reply, pieces)):
        yield {**event, "sequence_number": number}


def _response_events(reply: Reply, pieces: Sequence[str]) -> Iterator[Event]:
    begun = {**_response_head(reply, "in_progress"), "output": []}
    place = {"item_id": f"msg_{reply.id}", "output_index": 0, "content_index": 0}
    item = {**_item(reply), "status": "in_progress", "content": []}
    yield {"type": "response.created", "response": begun}
    yield {"type": "response.in_progress", "response": begun}
    yield {"type": "response.output_item.added", "output_index": 0, "item": item}
    yield {"type": "response.content_part.added", **place, "part": _part("", [])}
    for piece in pieces:
        yield {"type": "response.output_text.delta", **place, "delta": piece, "logprobs": []}
    annotations = _annotations(reply.said.marks)
    for index, one in enumerate(annotations):
        named = {"annotation_index": index, "annotation": one}
        yield {"type": "response.output_text.annotation.added", **place, **named}
    text = reply.said.text
    yield {"type": "response.output_text.done", **place, "text": text, "logprobs": []}
    yield {"type": "response.content_part.done", **place, "part": _part(text, annotations)}
    yield {"type": "response.output_item.done", "output_index": 0, "item": _item(reply)}
    yield {"type": "response.completed", "response": response(reply)}


def as_event(event: Event, named: bool) -> bytes:
    """Return a server-sent event; those of responses are named by their type."""
    name = f"event: {event['type']}\n" if named else ""
    return f"{name}data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def _chat_head(reply: Reply, kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{reply.id}",
        "object": kind,
        "created": reply.created,
        "model": MODEL,
        "system_fingerprint": None,
    }


def _chat_usage(reply: Reply) -> dict[str, int]:
    total = reply.prompt_tokens + reply.completion_tokens
    return {
        "prompt_tokens": reply.prompt_tokens,
        "completion_tokens": reply.completion_tokens,
        "total_tokens": total,
    }


def _response_head(reply: Reply, status: str) -> dict[str, Any]:
    usage = {
        "input_tokens": reply.prompt_tokens,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": reply.completion_tokens,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": reply.prompt_tokens + reply.completion_tokens,
    }
    return {
        "id": f"resp_{reply.id}",
        "object": "response",
        "created_at": reply.created,
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
        "usage": usage if status == "completed" else None,
    }


def _item(reply: Reply) -> dict[str, Any]:
    return {
        "id": f"msg_{reply.id}",
        "type": "message",
        "role": "assistant",
        "status": "completed",
        "content": [_part(reply.said.text, _annotations(reply.said.marks))],
    }


def _part(text: str, annotations: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": annotations, "logprobs": []}


def _annotations(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    return [{"type": "url_citation", **_cited(mark)} for mark in marks]


def _chat_annotations(marks: Sequence[Mark]) -> list[dict[str, Any]]:
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
        MODEL: {**about, "reason": answer.reason},
    }
