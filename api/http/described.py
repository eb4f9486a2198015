"""What the service's own description says of keys, which a middleware checks."""

from typing import Any

from fastapi import FastAPI

from .protection.access import OPEN, scope_of

_METHODS = {"get", "put", "post", "delete"}
_SCHEMES = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of the service, which `dragoman keys create` shows once. Its scope "
        "is `read`, `write` or `admin`: each may do what those before it may. As long as "
        "there are no keys, none is needed.",
    },
    "key_header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
# The last one: a service without keys.
_SECURITY: list[dict[str, list[str]]] = [{"key": []}, {"key_header": []}, {}]


def describe_keys(app: FastAPI) -> None:
    """Have the description of `app` say which scope each operation needs."""
    describe = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            _add_keys(describe())
        return describe()

    app.openapi = described


def _add_keys(described: dict[str, Any]) -> None:
    described.setdefault("components", {})["securitySchemes"] = _SCHEMES
    for path, operations in described["paths"].items():
        for method in _METHODS & set(operations):
            if path not in OPEN:
                operation = operations[method]
                scope = scope_of(method.upper(), path)
                said = operation.get("description", "")
                operation["description"] = f"{said}\n\nA key needs the scope `{scope}`.".strip()
                operation["security"] = _SECURITY
