"""The settings of the service: by options, by the environment, by a file."""

import pytest

from dragoman.api.errors import SettingNotUnderstood
from dragoman.api.settings import ServiceSettings, option_of, variable_of

NAMES = list(ServiceSettings.model_fields)


def test_options_come_before_the_environment(monkeypatch):
    monkeypatch.setenv("DRAGOMAN_PORT", "1234")
    monkeypatch.setenv("DRAGOMAN_DEADLINE", "5")
    settings = ServiceSettings.with_options({"port": "4321"})
    assert (settings.port, settings.deadline) == (4321, 5.0)


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("DRAGOMAN_PORT", "")
    assert ServiceSettings.with_options({}).port == 8000


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("port", "abc", "a whole number, at least 0, at most 65535"),
        ("port", "65536", "at most 65535"),
        ("port", "80.5", "a whole number"),
        ("host", " ", "0.0.0.0"),
        ("deadline", "0", "a number, more than 0"),
        ("deadline", "nan", "a number, more than 0"),
        ("workers", "0", "at least 1"),
        ("log_requests", "maybe", "true or false"),
        ("allow_host", "a*b", "*.my.org"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(monkeypatch, name, value, expected):
    with pytest.raises(SettingNotUnderstood) as of_option:
        ServiceSettings.with_options({name: value})
    monkeypatch.setenv(variable_of(name), value)
    with pytest.raises(SettingNotUnderstood) as of_variable:
        ServiceSettings.with_options({})
    assert str(of_option.value).startswith(f"{option_of(name)} is '{value}', but")
    assert str(of_variable.value).startswith(f"{variable_of(name)} is '{value}', but")
    assert expected in str(of_option.value)


def test_names_are_separated_by_commas_or_given_one_by_one(monkeypatch):
    monkeypatch.setenv("DRAGOMAN_ALLOW_HOST", "a.org, *.b.org,")
    assert ServiceSettings.with_options({}).allow_host == ("a.org", "*.b.org")
    assert ServiceSettings.with_options({"allow_host": ("c", "d,e")}).allow_host == ("c", "d", "e")


# The command


def test_the_help_lists_every_setting_with_its_variable(command):
    said = command("serve", "--help").stdout
    words = set(said.replace("]", " ").replace(";", " ").split())
    assert {option_of(name) for name in NAMES} <= words
    assert {variable_of(name) for name in NAMES} <= words
    assert "default: 8000" in said


@pytest.mark.parametrize("name", ["DRAGOMAN_PORT", "DRAGOMAN_LOG_REQUESTS"])
def test_a_wrong_variable_is_wrong_usage(command, monkeypatch, name):
    monkeypatch.setenv(name, "abc")
    ran = command("serve")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{name} is 'abc'" in ran.stderr


def test_a_file_has_variables_that_are_not_set(process, tmp_path):
    file = tmp_path / "settings.env"
    file.write_text('# the service\nexport DRAGOMAN_HOST="192.0.2.1"\nDRAGOMAN_PORT=abc\n')
    assert "DRAGOMAN_PORT is 'abc'" in process("serve", "--env-file", file).stderr
    by_variable = process("serve", DRAGOMAN_ENV_FILE=str(file), DRAGOMAN_PORT="x")
    assert "DRAGOMAN_PORT is 'x'" in by_variable.stderr


@pytest.mark.parametrize("content", [b"\xff", b"DRAGOMAN_PORT\n", b"A B C\n", None])
def test_a_file_that_is_none_of_variables(command, tmp_path, content):
    file = tmp_path / "settings.env"
    if content:
        file.write_bytes(content)
    ran = command("serve", "--env-file", file)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{file}: could not be read as a file of settings (" in ran.stderr
