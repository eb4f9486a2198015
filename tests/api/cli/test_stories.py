"""`dragoman timeline`: what it prints, and how it ends."""

import json
import re


def test_as_json_it_is_exactly_what_http_answers(client, command, talks_archive):
    period = ("--since", "2022-03-29", "--as-of", "2022-05-05")
    printed = command("timeline", "peace", "talks", *period, "-k", "3", "--json")
    filters = {"since": "2022-03-29", "as_of": "2022-05-05"}
    asked = {"matter": "peace talks", "limit": 3, "filters": filters}
    answered = client.post("/v1/timeline", json=asked)
    assert printed.returncode == 0
    assert json.loads(printed.stdout)["events"]
    took = re.compile(r'"took_ms":[\d.]+')
    assert took.sub("", printed.stdout.strip()) == took.sub("", answered.text)


def test_an_event_is_printed_with_its_sentence_and_source(command, talks_archive):
    said = command("timeline", "peace", "talks", "--since", "2022-03-29", "-k", "1")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("29 March 2022")
    assert "source not stated · " in said.stdout
    assert "--offset 1" in said.stdout


def test_how_many_undated_articles_are_left_out_is_said(command, talks_archive):
    said = command("timeline", "peace", "talks", "--as-of", "2022-05-05")
    assert "undated: 9 articles left out" in said.stderr


def test_a_matter_that_no_article_is_about_ends_with_status_3(command, talks_archive):
    said = command("timeline", "ice", "hockey")
    assert (said.returncode, said.stdout) == (3, "")
    assert "No article is about “ice hockey”." in said.stderr


def test_a_matter_that_names_nothing_is_wrong_usage(command, talks_archive):
    said = command("timeline", "of", "the")
    assert (said.returncode, said.stdout) == (2, "")
    assert "names nothing to look for" in said.stderr


def test_after_the_last_event_there_is_none(command, talks_archive):
    said = command("timeline", "peace", "talks", "--offset", "99")
    assert (said.returncode, said.stdout) == (0, "")
    assert re.search(r"there are only \d+: give a smaller --offset", said.stderr)
