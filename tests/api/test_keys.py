"""API keys as they are kept: made, found, revoked, expired."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.api.errors import (
    ExpiryNotUnderstood,
    KeyLimitNotPossible,
    KeyMissing,
    KeyNameTaken,
    KeysUnreadable,
    KeysUnwritable,
    UnknownScope,
)
from dragoman.api.keys import Keys, keys_beside


@pytest.fixture
def keys(tmp_path) -> Keys:
    return Keys(keys_beside(tmp_path / "archive"))


def test_a_key_is_found_by_its_secret_alone(keys):
    made, secret = keys.create("newsroom")
    other, other_secret = keys.create("desk", ["write"])
    assert keys.with_secret(secret) == made
    assert keys.with_secret(other_secret) == other
    mixed = secret[:21] + other_secret[21:]  # the id of one with the secret of the other
    for wrong in ("", "x", secret[:-1], secret + "x", secret.upper(), mixed, "ü" * 64, "\ud800"):
        assert keys.with_secret(wrong) is None


def test_the_file_holds_no_secret_and_is_its_owners_alone(keys):
    _, secret = keys.create("newsroom")
    assert secret[-43:] not in keys.path.read_text()
    assert keys.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in keys.path.parent.iterdir() if "lock" not in path.name] == [
        "archive.keys.json"
    ]


def test_what_another_process_changes_holds_at_once(keys):
    elsewhere = Keys(keys.path)
    assert not keys.exist()
    assert keys.all() == ()
    _, secret = elsewhere.create("newsroom")
    found = keys.with_secret(secret)
    assert found
    assert found.state == "valid"
    elsewhere.revoke("newsroom")
    revoked = keys.with_secret(secret)
    assert revoked
    assert revoked.state == "revoked"
    assert keys.exist()


def test_scopes_include_those_before(keys):
    made = [keys.create(scope, [scope])[0] for scope in ("read", "write", "admin")]
    allowed = [[key.allows(scope) for scope in ("read", "write", "admin")] for key in made]
    assert allowed == [[True, False, False], [True, True, False], [True, True, True]]


def test_a_key_expires_after_days_or_at_the_end_of_its_last_day(keys):
    in_days, _ = keys.create("a", expires="90d")
    assert in_days.expires - in_days.created == timedelta(days=90)
    by_date, secret = keys.create("b", expires="2999-12-31")
    assert by_date.expires == datetime(3000, 1, 1, tzinfo=UTC)
    stored = json.loads(keys.path.read_text())
    stored["keys"][1]["expires"] = "2020-01-01T00:00:00+00:00"
    keys.path.write_text(json.dumps(stored))
    assert keys.with_secret(secret).state == "expired"


@pytest.mark.parametrize("expires", ["", "0d", "-1d", "90", "99999d9", "2020-01-01", "9999-12-31"])
def test_an_expiry_that_is_none(keys, expires):
    with pytest.raises(ExpiryNotUnderstood, match="as 90d"):
        keys.create("a", expires=expires)
    assert not keys.exist()


def test_what_cannot_be_made(keys):
    keys.create("newsroom")
    with pytest.raises(KeyNameTaken, match="'newsroom'"):
        keys.create("newsroom")
    with pytest.raises(UnknownScope, match="read, write, admin"):
        keys.create("a", ["delete"])
    with pytest.raises(KeyLimitNotPossible, match="only read"):
        keys.create("a", ["write"], sources=["Daily Post"])
    with pytest.raises(KeyMissing, match="'a'"):
        keys.revoke("a")


def test_a_name_is_free_again_when_its_key_is_revoked(keys):
    first, _ = keys.create("newsroom")
    assert keys.revoke(first.id).revoked
    keys.create("newsroom")
    assert [key.state for key in keys.all()] == ["revoked", "valid"]
    with pytest.raises(KeyMissing):
        keys.revoke(first.id)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"keys": 1}', '{"keys": [{"id": "a"}]}'])
def test_a_broken_file_has_no_valid_key(keys, content):
    keys.path.write_text(content)
    with pytest.raises(KeysUnreadable):
        keys.with_secret("dragoman_")
    with pytest.raises(KeysUnreadable):
        keys.create("a")


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(KeysUnwritable):
        Keys(tmp_path / "file" / "keys.json").create("a")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_home_folder_is_the_same_however_it_is_written(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert keys_beside(Path("~/news")) == tmp_path / "news.keys.json"
