"""Front matter: the fields above a Markdown text, in YAML, TOML or JSON."""

import json
import re
import tomllib
from collections.abc import Mapping

import yaml
from frontmatter.default_handlers import YAMLHandler

_NOTHING = ("", "~", "null")
_MOST_CHARACTERS = 50_000  # YAML's loader reads some hundred thousand a second
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_JSON = re.compile(r'\{\s*"')


def front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Split off the front matter of a text: return its fields, and the text below.

    Text between two horizontal rules is not front matter. Raises ValueError where it is broken.
    """
    text = text.strip()
    toml = _TOML.match(text)
    if toml and "=" in toml[1]:
        return _checked(_toml_fields(toml[1])), text[toml.end() :]
    if _JSON.match(text):
        return _json_fields(text)
    return _yaml_fields(text)


def _toml_fields(written: str) -> Mapping[str, object]:
    _check_length(written)
    try:
        return tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"its front matter is not TOML: {error}") from error
    except (RecursionError, ValueError) as error:  # a number of thousands of digits
        raise ValueError("its front matter is nested too deeply, or a number too long") from error


def _json_fields(text: str) -> tuple[Mapping[str, object], str]:
    try:
        fields, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):  # text that happens to begin so
        return {}, text
    _check_length(text[:end])
    return (_checked(fields), text[end:]) if isinstance(fields, dict) else ({}, text)


def _checked(fields: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in fields.items() if value not in _NOTHING}


def _check_length(written: str) -> None:
    if len(written) > _MOST_CHARACTERS:
        raise ValueError(f"its front matter is longer than {_MOST_CHARACTERS:,} characters")


def _yaml_fields(text: str) -> tuple[Mapping[str, object], str]:
    handler = YAMLHandler()
    if not handler.detect(text):
        return {}, text
    try:
        written, content = handler.split(text)
    except ValueError:  # a horizontal rule without a second one
        return {}, text
    _check_length(written)
    try:
        # BaseLoader leaves every value as it is written (no: Norway, 2022-02-30: a mistake in
        # one field); and the loader in C is brought down by deep nesting.
        fields = handler.load(written, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError) as error:
        reason = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise ValueError(f"its front matter is not YAML: {reason}") from error
    except RecursionError as error:
        raise ValueError("its front matter is nested too deeply") from error
    if not isinstance(fields, dict):
        return {}, text if written.strip() else content
    return _checked(fields), content
