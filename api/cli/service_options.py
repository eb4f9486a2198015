"""The options of `dragoman serve`: each setting of the service is one.

They are made of ServiceSettings when the command is run or its help is shown. To import pydantic
would cost every other command a quarter of its start.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperOption

from ..errors import EnvironmentFileUnreadable

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from typer._click import Context, Parameter


class ServiceCommand(TyperCommand):
    """A command that also takes every setting as an option.

    Those that are given are in the context's `obj`, a dict by the settings' names; the environment
    is left to ServiceSettings.
    """

    def get_params(self, ctx: "Context") -> "list[Parameter]":
        """Return the command's own parameters and an option for each setting."""
        from ..settings import ServiceSettings

        settings = [_option(name, field) for name, field in ServiceSettings.model_fields.items()]
        return [*settings, *super().get_params(ctx)]

    def invoke(self, ctx: "Context") -> Any:
        """Run the command, with the given settings in `ctx.obj`."""
        from ..settings import ServiceSettings

        given = {name: ctx.params.pop(name) for name in ServiceSettings.model_fields}
        ctx.obj = {name: value for name, value in given.items() if _is_given(ctx, name)}
        return super().invoke(ctx)


class _SettingOption(TyperOption):
    """An option whose variable is shown in the help, and read by ServiceSettings alone."""

    def resolve_envvar_value(self, ctx: "Context") -> None:
        """Return that the environment gives nothing."""


def _option(name: str, field: "FieldInfo") -> TyperOption:
    from ..settings import option_of, variable_of

    option = option_of(name)
    is_flag = field.annotation is bool
    return _SettingOption(
        param_decls=[name, f"{option}/--no-{option[2:]}" if is_flag else option],
        type=bool if is_flag else str,
        is_flag=is_flag or None,
        default=field.default,
        show_default=True,
        multiple=isinstance(field.default, tuple),
        envvar=variable_of(name),
        show_envvar=True,
        metavar=None if is_flag else field.title,
        help=field.description,
    )


def _is_given(ctx: "Context", name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _read_environment(path: Path | None) -> Path | None:
    """Set the variables of a file that are not set yet."""
    if path:
        for name, value in _variables(path).items():
            os.environ.setdefault(name, value)
    return path


def _variables(path: Path) -> dict[str, str]:
    from dotenv.parser import parse_stream

    try:
        with path.open(encoding="utf-8") as file:
            lines = list(parse_stream(file))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise EnvironmentFileUnreadable(path=path, reason=reason) from error
    for line in lines:
        if line.error or (line.key and line.value is None):
            where = f"line {line.original.line}"
            raise EnvironmentFileUnreadable(path=path, reason=where)
    return {line.key: cast(str, line.value) for line in lines if line.key}


EnvironmentFileOption = Annotated[
    Path | None,
    typer.Option(
        "--env-file",
        envvar="DRAGOMAN_ENV_FILE",
        metavar="FILE",
        help="A file of such variables, one on each line as NAME=value. Set ones come before it.",
        callback=_read_environment,
        is_eager=True,  # before the variables are looked at
    ),
]
