"""`dragoman figures`: what it prints, draws and ends with."""

import csv
import io
import json
import re
from xml.etree import ElementTree

KILLED = ("figures", "How many civilians were killed?")


def test_as_json_it_is_exactly_what_http_answers(client, command, talks_archive):
    printed = command(*KILLED, "--as-of", "2022-05-05", "--json")
    asked = {"question": KILLED[1], "filters": {"as_of": "2022-05-05"}}
    answered = client.post("/v1/figures", json=asked)
    assert printed.returncode == 0
    assert json.loads(printed.stdout)["figures"]
    took = re.compile(r'"took_ms":[\d.]+')
    assert took.sub("", printed.stdout.strip()) == took.sub("", answered.text)


def test_figures_are_printed_with_their_day_and_source_and_drawn(command, talks_archive, tmp_path):
    file = tmp_path / "killed.svg"
    said = command(*KILLED, "--plot", str(file))
    assert (said.returncode, said.stderr) == (0, "")
    assert "29 March 2022  at least 1,151 civilians killed" in said.stdout
    drawn = ElementTree.fromstring(file.read_text("utf-8"))
    assert "1,151" in {one.text for one in drawn.iter()}
    assert command(*KILLED, "--plot", str(tmp_path / "killed.PNG")).returncode == 0
    assert (tmp_path / "killed.PNG").read_bytes().startswith(b"\x89PNG")


def test_as_csv_there_is_a_line_for_each(command, talks_archive):
    said = command(*KILLED, "--csv")
    rows = [*csv.DictReader(io.StringIO(said.stdout))]
    assert (rows[0]["day"], rows[0]["value"], rows[0]["bound"]) == (
        "2022-03-29", "1151", "at least",
    )  # fmt: skip


def test_what_cannot_be_drawn_or_printed_at_once_is_wrong_usage(command, talks_archive, tmp_path):
    said = command(*KILLED, "--plot", str(tmp_path / "killed.gif"))
    assert said.returncode == 2
    assert ".svg or .png" in said.stderr
    said = command(*KILLED, "--plot", str(tmp_path / "none" / "killed.svg"))
    assert said.returncode == 2
    assert "cannot be written" in said.stderr
    assert command(*KILLED, "--csv", "--json").returncode == 2


def test_without_figures_it_ends_with_status_3(command, talks_archive):
    said = command("figures", "How many goals were scored?")
    assert (said.returncode, said.stdout) == (3, "")
