"""The settings of the service, each of which the environment can set.

`port` is `DRAGOMAN_PORT`, and so on; options of `dragoman serve` come before the environment.
"""

from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

# Against DNS rebinding: a web page must not reach a local service by a name of its own that
# resolves to 127.0.0.1.
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")

_Names = Annotated[tuple[str, ...], NoDecode]


class ServiceSettings(BaseSettings):
    """How the service listens, whom it answers, and within which limits."""

    model_config = SettingsConfigDict(env_prefix="DRAGOMAN_", frozen=True, env_ignore_empty=True)

    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port; 0: any free one.")
    allow_host: _Names = Field(
        default=(), description="Further host names that requests may use; with commas between."
    )
    allow_origin: _Names = Field(
        default=(), description="Web origins whose pages may ask (CORS); with commas between."
    )
    workers: int = Field(default=1, ge=1, le=64, description="The number of processes.")
    max_body_bytes: int = Field(
        default=64 * 1024, ge=1024, description="The largest body of a question."
    )
    max_upload_bytes: int = Field(
        default=32 * 1024 * 1024, ge=1024, description="The largest body that brings articles."
    )
    rate_limit: str | None = Field(
        default=None,
        description='Requests allowed for each key or address, such as "120/minute".',
    )
    max_in_flight: int = Field(
        default=8, ge=1, description="Questions that are worked on at the same time."
    )
    max_queued: int = Field(
        default=32, ge=0, description="Questions that may wait for their turn; more are refused."
    )
    deadline: float = Field(
        default=30.0, gt=0, description="The most seconds that a question may take."
    )
    log_requests: bool = Field(default=False, description="Log a JSON line for each request.")
    log_questions: bool = Field(default=False, description="Have the question in that line.")
    allow_writes: bool = Field(
        default=True,
        description="Without keys: whether articles may be added and removed from this machine.",
    )
    fetch_addresses: bool = Field(
        default=False, description="Whether articles may be added by their address."
    )

    @field_validator("allow_host", "allow_origin", mode="before")
    @classmethod
    def _separated(cls, given: object) -> object:
        return (
            tuple(filter(None, given.replace(" ", "").split(",")))
            if isinstance(given, str)
            else given
        )

    @property
    def allowed_hosts(self) -> list[str]:
        """The names that a request's Host may have."""
        return [*LOCAL_HOSTS, f"[{self.host}]" if ":" in self.host else self.host, *self.allow_host]
