"""The settings of the service, each of which the environment can set.

`port` is `DRAGOMAN_PORT` and the option `--port` of `dragoman serve`, and so on. Options come
before the environment. A setting's `title` is what stands for its value in the help.
"""

import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from .errors import SettingNotUnderstood

PREFIX = "DRAGOMAN_"

# Against DNS rebinding: a web page must not reach a local service by a name of its own that
# resolves to 127.0.0.1.
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")

_Names = Annotated[tuple[str, ...], NoDecode]


class ServiceSettings(BaseSettings):
    """How the service listens, whom it answers, and within which limits."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True)

    host: str = Field(default="127.0.0.1", title="ADDRESS", description="The address to listen on.")
    port: int = Field(
        default=8000, ge=0, le=65535, title="PORT", description="The port; 0: any free one."
    )
    allow_host: _Names = Field(
        default=(),
        title="NAME",
        description="A further host name that requests may use; *.my.org: all below, *: any.",
    )
    open_access: bool = Field(
        default=False,
        description="Without keys: anyone may read who reaches the address, not only this machine.",
    )
    keys_file: Path | None = Field(
        default=None,
        title="FILE",
        description="Where the keys are kept. Default: beside the archive.",
    )
    allow_origin: _Names = Field(
        default=(),
        title="ORIGIN",
        description="A web origin whose pages may ask (CORS), such as https://my.org; *: any.",
    )
    workers: int = Field(default=1, ge=1, le=64, title="N", description="The number of processes.")
    max_body_bytes: int = Field(
        default=64 * 1024, ge=1024, title="BYTES", description="The largest body of a question."
    )
    max_chat_bytes: int = Field(
        default=1024 * 1024,
        ge=1024,
        title="BYTES",
        description="The largest body in OpenAI's shapes, which has instructions and tools, too.",
    )
    max_upload_bytes: int = Field(
        default=32 * 1024 * 1024,
        ge=1024,
        title="BYTES",
        description="The largest body that brings articles.",
    )
    rate_limit: str | None = Field(
        default=None,
        title="RATE",
        description="Requests allowed for each key or address, such as 120/minute.",
    )
    forwarded_allow_ips: str | None = Field(
        default=None,
        title="ADDRESSES",
        description="Proxies whose X-Forwarded-For is believed, with commas between; *: any.",
    )
    max_in_flight: int = Field(
        default=8,
        ge=1,
        title="N",
        description="Questions that are worked on at the same time.",
    )
    max_queued: int = Field(
        default=32,
        ge=0,
        title="N",
        description="Questions, and changes, that may wait for their turn; more are refused.",
    )
    deadline: float = Field(
        default=30.0,
        gt=0,
        title="SECONDS",
        description="The most seconds that a question may take.",
    )
    write_wait: float = Field(
        default=15.0,
        gt=0,
        title="SECONDS",
        description="The most seconds that a change of the articles waits for others.",
    )
    write_stuck: float = Field(
        default=900.0,
        gt=0,
        title="SECONDS",
        description="A change that takes longer makes the service not ready.",
    )
    log_requests: bool = Field(default=False, description="Log a JSON line for each request.")
    log_questions: bool = Field(default=False, description="Have the question in that line.")
    trace_to: str | None = Field(
        default=None,
        title="ADDRESS",
        description="An OpenTelemetry collector that gets traces by OTLP over HTTP, such as "
        "http://localhost:4318.",
    )
    trace_questions: bool = Field(default=False, description="Have the question in traces.")
    allow_writes: bool = Field(
        default=True,
        description="Without keys: articles may be added and removed from this machine.",
    )

    fetch_addresses: bool = Field(
        default=False,
        description="Let those who may add articles have pages and feeds fetched by address.",
    )
    allow_private_host: _Names = Field(
        default=(),
        title="HOST",
        description="A host of a private network, or HOST:PORT, that may be fetched from.",
    )
    contact: str | None = Field(
        default=None,
        title="ADDRESS",
        description="Where those from whose sites pages are fetched reach you.",
    )

    @classmethod
    def with_options(cls, options: Mapping[str, Any]) -> Self:
        """Return the settings of the environment, with `options` of the command before them.

        Raises SettingNotUnderstood, which names the option or the variable at fault.
        """
        try:
            return cls(**dict(options))
        except ValidationError as error:
            fault = error.errors()[0]
            name = str(fault["loc"][0])
            raise SettingNotUnderstood(
                name=option_of(name) if name in options else variable_of(name),
                value=_shown(fault["input"]),
                expected=_expected(cls.model_fields[name], fault),
            ) from error

    @field_validator("host")
    @classmethod
    def _not_empty(cls, host: str) -> str:
        if not host.strip():  # the system would take it for every address of this machine
            raise ValueError("an address, such as 127.0.0.1, or 0.0.0.0 for all of this machine")
        return host

    @field_validator("allow_origin")
    @classmethod
    def _origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if origin != "*" and not re.fullmatch(r"https?://[^/*\s]+", origin):
                raise ValueError("a web origin without a path, such as https://my.org, or *")
        return origins

    @field_validator("trace_to")
    @classmethod
    def _address(cls, address: str | None) -> str | None:
        if address and not re.fullmatch(r"https?://[^/?#\s@]+(?:/[^?#\s]*)?", address):
            raise ValueError("a web address, such as http://localhost:4318")
        return address

    @field_validator("rate_limit")
    @classmethod
    def _rate(cls, rate: str | None) -> str | None:
        from limits import parse

        try:
            return rate if rate is None or parse(rate) else None
        except ValueError as error:
            raise ValueError("a number and a period, such as 120/minute") from error

    @field_validator("allow_host", "allow_origin", "allow_private_host", mode="before")
    @classmethod
    def _separated(cls, given: object) -> object:
        """Return the names that are given one by one, or with commas between."""
        if isinstance(given, str):
            given = [given]
        if not isinstance(given, Sequence) or not all(isinstance(part, str) for part in given):
            return given
        return tuple(name for part in given for name in part.replace(" ", "").split(",") if name)

    @field_validator("allow_host")
    @classmethod
    def _host_names(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if "*" in name.removeprefix("*.") and name != "*":
                raise ValueError("a host name; a star stands alone or at the front: *.my.org")
        return names

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the service, as far as that is known here."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def allowed_hosts(self) -> list[str]:
        """The names that a request's Host may have."""
        return [*LOCAL_HOSTS, f"[{self.host}]" if ":" in self.host else self.host, *self.allow_host]


def variable_of(name: str) -> str:
    """Return the environment variable of a setting.

    >>> variable_of("port")
    'DRAGOMAN_PORT'
    """
    return f"{PREFIX}{name.upper()}"


def option_of(name: str) -> str:
    """Return the option of `dragoman serve` that is a setting.

    >>> option_of("max_body_bytes")
    '--max-body-bytes'
    """
    return f"--{name.replace('_', '-')}"


def _shown(given: object) -> str:
    parts = [given] if isinstance(given, str) or not isinstance(given, Sequence) else given
    return ",".join(map(str, parts))


def _expected(field: FieldInfo, fault: Mapping[str, Any]) -> str:
    """Return in words what a setting should be.

    A validator of ours says it itself; otherwise type and bounds do.
    """
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    kinds = {int: "a whole number", float: "a number", bool: "true or false"}
    words = [kinds.get(field.annotation, "text")]  # pyright: ignore[reportArgumentType]
    for bound in field.metadata:
        for name, said in (("ge", "at least"), ("gt", "more than"), ("le", "at most")):
            if (value := getattr(bound, name, None)) is not None:
                words.append(f"{said} {value}")
    return ", ".join(words)
