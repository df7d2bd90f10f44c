"""`python -m archiater`, the same as the `archiater` command."""

from archiater.command_line import main

if __name__ == "__main__":
    main()
