"""dragoman backup and restore."""

import json


def test_an_archive_is_backed_up_and_restored(command, tmp_path):
    (tmp_path / "a.txt").write_text("Ferry\n\nThe ferry sails at nine every morning.\n")
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "backup.zip"
    assert command("add", tmp_path / "a.txt", "--archive", old).returncode == 0
    made = command("backup", file, "--archive", old)
    assert (made.returncode, made.stderr) == (0, "1 article, 1 passage backed up\n")
    again = command("backup", file, "--archive", old)
    assert again.returncode == 1
    assert "--force" in again.stderr
    restored = command("restore", file, "--archive", new)
    assert (restored.returncode, restored.stderr) == (0, "1 article, 1 passage restored\n")
    assert "The ferry sails" in command("search", "ferry", "--archive", new).stdout
    refused = command("restore", file, "--archive", new)
    assert refused.returncode == 1
    assert "nothing is overwritten" in refused.stderr


def test_an_archive_is_copied_and_both_are_compared(command, tmp_path):
    (tmp_path / "a.txt").write_text("Ferry\n\nThe ferry sails at nine every morning.\n")
    old, new = tmp_path / "old", tmp_path / "new"
    assert command("add", tmp_path / "a.txt", "--archive", old).returncode == 0
    copied = command("copy", old, new)
    assert (copied.returncode, copied.stderr) == (0, "1 article copied\n")
    assert "both hold 1 article, 1 passage, 0 former versions\nsha256 of articles" in copied.stdout
    assert "The ferry sails" in command("search", "ferry", "--archive", new).stdout
    again = json.loads(command("copy", old, new, "--json").stdout)
    assert (again["from"], again["to"], again["copied"]) == (str(old), str(new), 0)
    assert again["contents"]["checksums"]["vectors"] in copied.stdout
    refused = command("copy", old, old)
    assert refused.returncode == 1
    assert "Name another place" in refused.stderr
