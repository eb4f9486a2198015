"""The chat model that the environment names, which may write answers."""

from collections.abc import Mapping

from ..search.errors import ChatModelTimeoutOutOfRange
from ..search.generation.llm import DEFAULT_TIMEOUT, LONGEST_TIMEOUT, ChatModel

URL = "DRAGOMAN_LLM_URL"
MODEL = "DRAGOMAN_LLM_MODEL"
KEY = "DRAGOMAN_LLM_KEY"
TIMEOUT = "DRAGOMAN_LLM_TIMEOUT"


def chat_model_from(environment: Mapping[str, str]) -> ChatModel | None:
    """Return the chat model that the environment names, or None. Raises a ChatModelError.

    DRAGOMAN_LLM_URL is its address, and without it there is none; DRAGOMAN_LLM_MODEL is its name,
    DRAGOMAN_LLM_KEY the API key and DRAGOMAN_LLM_TIMEOUT the timeout in seconds. An empty variable
    counts as unset.

    >>> environment = {"DRAGOMAN_LLM_URL": "http://localhost:11434", "DRAGOMAN_LLM_MODEL": "qwen3"}
    >>> chat_model_from(environment)
    ChatModel(url='http://localhost:11434', model='qwen3', timeout=30.0)
    """
    said = {name: value.strip() for name, value in environment.items() if value.strip()}
    if URL not in said:
        return None
    seconds = _seconds(said[TIMEOUT]) if TIMEOUT in said else DEFAULT_TIMEOUT
    return ChatModel(said[URL], said.get(MODEL), said.get(KEY), seconds)


def _seconds(written: str) -> float:
    try:
        return float(written)
    except ValueError as error:
        raise ChatModelTimeoutOutOfRange(timeout=written, most=f"{LONGEST_TIMEOUT:g}") from error
