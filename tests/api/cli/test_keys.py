"""The `keys` commands."""

import pytest

from dragoman.api.keys import Keys, keys_beside


def test_a_key_is_shown_once_and_listed_without_its_secret(command, tmp_path):
    archive = tmp_path / "news"
    made = command("keys", "create", "newsroom", "--source", "Daily Post", "--archive", archive)
    assert made.returncode == 0
    secret = made.stdout.strip()
    key = Keys(keys_beside(archive)).with_secret(secret)
    assert key
    assert key.sources == ("Daily Post",)
    listed = command("keys", "list", "--archive", archive)
    assert listed.stdout.split("\t")[2:] == ["read", "valid", "never", "Daily Post\n"]
    assert secret not in listed.stdout
    assert command("keys", "revoke", "newsroom", "--archive", archive).returncode == 0
    assert "revoked" in command("keys", "list", "--archive", archive).stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["create", "a", "--scope", "delete"], 2, "read, write, admin"),
        (["create", "a", "--expires", "soon"], 2, "'soon'"),
        (["create", "a", "--scope", "write", "--tag", "x"], 2, "only read"),
        (["create"], 2, "NAME"),
        (["revoke", "nobody"], 1, "dragoman keys list"),
    ],
)
def test_what_cannot_be_done_is_said(command, tmp_path, arguments, status, said):
    ran = command("keys", *arguments, "--keys-file", tmp_path / "keys.json")
    assert (ran.returncode, ran.stdout) == (status, "")
    assert said in ran.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_without_keys_the_service_listens_on_this_machine_only(command, tmp_path, host):
    ran = command("serve", "--host", host, "--archive", tmp_path / "news")
    assert ran.returncode == 2
    assert "dragoman keys create NAME" in ran.stderr
