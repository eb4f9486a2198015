"""`python -m dragoman.api` is the `dragoman` command."""

from .cli.commands import main

if __name__ == "__main__":
    main()
