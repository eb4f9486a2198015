"""No response to a wrong request names a folder of the service, or shows a traceback."""

import pytest

JSON = {"Content-Type": "application/json"}
BODIES = (
    b"",
    b"{",
    b"null",
    b"[[]]",
    b'{"question": "\\ud800"}',
    b'{"question": 7, "limit": true}',
    b'{"questions": [{"question": "a\\u0000"}]}',
    b'{"question": "ships", "filters": {"tags": 1}}',
    b"[" * 10_000,
)
IDS = ("none", "../../etc/passwd", "%00", "%ED%A0%80", "a%2Fb", "x" * 3000)
PARAMETERS = "?q=&limit=x&cursor=%F0&mode=b&since=%00&family=none&source=&offset=-1"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_no_error_shows_where_the_archive_is(shipping_client, shipping, method):
    walked = 0
    addresses = [
        *shipping_client.app.openapi()["paths"],
        "/nothing",
        "/articles/{id}",
        "/page/{id}",
    ]
    for address in addresses:
        for id in IDS if "{id}" in address else ("",):
            path = address.replace("{id}", id)
            for body in BODIES if method in ("POST", "PUT") else (b"",):
                answered = shipping_client.request(
                    method, path + PARAMETERS, content=body, headers=JSON
                )
                assert answered.status_code < 500, (method, path, body, answered.text)
                assert str(shipping.folder.parent) not in answered.text
                assert "Traceback" not in answered.text
                assert ".py" not in answered.text
                walked += 1
    assert walked > len(addresses)
