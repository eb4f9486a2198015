"""What a reader keeps in memory of an archive, since a search asks for it every time."""
