"""`archiater completion`: the script by which a shell completes our commands and options."""

from __future__ import annotations

import os
from pathlib import Path

import click

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("name", metavar="[bash|zsh|fish]", required=False, type=click.Choice(_SHELLS))
def command(name: str | None) -> None:
    """Print the completion script of a shell; without a name, of the one you use.

    \b
    eval "$(archiater completion bash)"         # in ~/.bashrc
    eval "$(archiater completion zsh)"          # in ~/.zshrc, after compinit
    archiater completion fish > ~/.config/fish/completions/archiater.fish
    """
    from click.shell_completion import get_completion_class

    from archiater.command_line import cli

    chosen = name or Path(os.environ.get("SHELL", "")).name
    shell = get_completion_class(chosen) if chosen in _SHELLS else None
    if shell is None:
        raise click.UsageError(f"the shell is {chosen!r}, expected {', '.join(_SHELLS)}; name one")
    # Click asks the program itself for completions, through this environment variable.
    click.echo(shell(cli, {}, "archiater", "_ARCHIATER_COMPLETE").source())
