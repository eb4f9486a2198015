"""The front ends: the `dragoman` command and the HTTP service."""
