"""`archiater export`: the articles as a dataset, chosen as in a search."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from archiater.choosing import filter_options, filters_of, index_what_waits
from archiater.shell import Shell, json_option, pass_shell

_FORMATS = ("jsonl", "csv", "parquet")
_USES = ("private", "share", "search", "rag", "train")
_RECORDS_BETWEEN_TICKS = 100


@click.command()
@click.argument("format_name", metavar="FORMAT", type=click.Choice(_FORMATS))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--query", default="", help="Only articles that a search for this finds.")
@filter_options
@click.option(
    "--use",
    type=click.Choice(_USES),
    default="private",
    show_default=True,
    help="Leave out what its page forbids for this use; train needs its permission.",
)
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.option("--manifest", "with_manifest", is_flag=True, help="Write OUT.manifest.json too.")
@click.option("--bom", is_flag=True, help="csv: begin with the mark by which Excel knows UTF-8.")
@json_option
@pass_shell
def command(
    shell: Shell,
    /,
    format_name: Any,
    out: Path,
    query: str,
    use: Any,
    force: bool,
    with_manifest: bool,
    bom: bool,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Write the articles as jsonl (whole records), csv or parquet (flat rows) to OUT, - for stdout.

    The same collection gives the same bytes. OUT.gz is compressed. `--json` prints what was
    written: counts, digest, selection.

    \b
    archiater export jsonl articles.jsonl.gz
    archiater export csv old.csv --reviewed-before 2022 --site nhs.uk
    archiater export parquet train.parquet --query diabetes --use train --manifest
    """
    from archiater.showing import progress, show_json
    from archive.exporting.exporting import export
    from archive.exporting.selection import Selection

    to_stdout = str(out) == "-"
    if to_stdout and (as_json or with_manifest):
        raise click.UsageError("with - the export itself is on standard output; name a file")
    selection = Selection(query=query, filters=filters_of(chosen), use=use)
    if query:
        index_what_waits(shell)
    with (
        shell.open_collection() as collection,
        progress("export", quiet=shell.is_quiet) as bar,
    ):

        def tell(done: int, of: int) -> None:
            if done == 1:
                bar.set_total(of)
            if done % _RECORDS_BETWEEN_TICKS == 0:
                bar.advance(_RECORDS_BETWEEN_TICKS)

        manifest = export(
            collection,
            format_name,
            sys.stdout.buffer if to_stdout else out,
            selection,
            force=force,
            bom=bom,
            with_manifest=with_manifest,
            on_record=tell,
        )
    if as_json:
        show_json(manifest)
    elif not shell.is_quiet:
        click.echo(_summary(manifest, out, use), err=True)


def _summary(manifest: dict[str, Any], out: Path, use: str) -> str:
    from archiater.showing import clean

    left_out = manifest["left_out"]
    parts = [f"{manifest['articles']} articles, {manifest['bytes']} bytes to {out}"]
    if left_out["disallowed"]:
        parts.append(f"{left_out['disallowed']} left out: their pages forbid to {use} them")
    if left_out["unknown"]:
        parts.append(f"{left_out['unknown']} left out: their pages do not permit to {use} them")
    return clean("; ".join(parts))
