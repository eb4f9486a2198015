"""The faces: the `dragoman` command and the HTTP service."""
