"""`python -m dragoman.api` is the `dragoman` command."""

from .cli import main

main()
