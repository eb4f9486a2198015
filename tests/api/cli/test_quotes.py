"""`dragoman quotes`: what it prints, and how it ends."""

import json
import re


def test_as_json_it_is_exactly_what_http_answers(client, command, talks_archive):
    printed = command("quotes", "--speaker", "Kalin", "--about", "corridor", "-k", "2", "--json")
    asked = {"speaker": "Kalin", "about": "corridor", "limit": 2}
    answered = client.post("/v1/quotes", json=asked)
    assert printed.returncode == 0
    assert json.loads(printed.stdout)["quotes"]
    took = re.compile(r'"took_ms":[\d.]+')
    assert took.sub("", printed.stdout.strip()) == took.sub("", answered.text)


def test_a_quote_is_printed_with_its_speaker_and_source(command, talks_archive):
    said = command("quotes", "--speaker", "Malyar", "-k", "1")
    assert (said.returncode, said.stderr) == (0, "")
    assert "Hanna Malyar, Ukraine's deputy defence minister" in said.stdout
    assert "Press TV · " in said.stdout
    assert "--offset 1" in said.stdout


def test_a_speaker_who_is_not_known_ends_with_status_3(command, talks_archive):
    said = command("quotes", "--speaker", "Kalim")
    assert (said.returncode, said.stdout) == (3, "")
    assert "They have those of İbrahim Kalın." in said.stderr


def test_nobody_and_nothing_is_wrong_usage(command, talks_archive):
    said = command("quotes")
    assert (said.returncode, said.stdout) == (2, "")
    assert "Neither a speaker nor" in said.stderr
