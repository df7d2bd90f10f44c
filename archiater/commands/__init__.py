"""The commands, one module each; `archiater.command_line` says how one is written."""
