"""The table of settings in docs/operating.md. Run this file to write it there again."""

import re
from pathlib import Path

from dragoman.api.settings import ServiceSettings, option_of, variable_of

PAGE = Path(__file__).parent.parent / "docs" / "operating.md"


def settings_table() -> str:
    rows = ["| option | variable | default | |", "|---|---|---|---|"]
    for name, field in ServiceSettings.model_fields.items():
        value = "" if field.annotation is bool else f" {field.title}"
        default = f"`{shown(field.default)}`" if field.default not in (None, ()) else "none"
        option = f"`{option_of(name)}{value}`"
        text = (field.description or "").replace("*", r"\*")
        rows.append(f"| {option} | `{variable_of(name)}` | {default} | {text} |")
    return "\n".join(rows)


def shown(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


if __name__ == "__main__":
    page = PAGE.read_text()
    PAGE.write_text(
        re.sub(r"\| option \| variable \|(.*\n\|)*.*", lambda _: settings_table(), page)
    )
