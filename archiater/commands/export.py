"""`archiater export`: the articles as a dataset or an archive, chosen as in a search."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiater.choosing import filter_options, filters_of, index_what_waits
from archiater.shell import Shell, json_option, pass_shell

if TYPE_CHECKING:
    from archive.exporting.selection import Selection

_DATASETS = ("jsonl", "csv", "parquet")
_ARCHIVES = ("cdxj", "wacz")
_FORMATS = (*_DATASETS, *_ARCHIVES)
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
@click.option(
    "--sign",
    "key",
    type=click.Path(path_type=Path),
    metavar="KEY.pem",
    help="wacz: sign it with this ECDSA P-384 key.",
)
@click.option("--title", help="wacz: the title that replay tools show.")
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
    key: Path | None,
    title: str | None,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Write the articles to OUT, - for stdout.

    As datasets: jsonl (whole records), csv or parquet (flat rows). As archives: wacz (one file for
    replay tools: WARC files, index, texts), cdxj (the index of the WARC files). The same
    collection gives the same bytes. OUT.gz is compressed. `--json` prints what was written:
    counts, digest, selection.

    \b
    archiater export jsonl articles.jsonl.gz
    archiater export csv old.csv --reviewed-before 2022 --site nhs.uk
    archiater export parquet train.parquet --query diabetes --use train --manifest
    archiater export wacz nhs.wacz --site nhs.uk --sign key.pem
    """
    from archive.exporting.selection import Selection

    to_stdout = str(out) == "-"
    if to_stdout and (as_json or with_manifest):
        raise click.UsageError("with - the export itself is on standard output; name a file")
    if to_stdout and format_name == "wacz":
        raise click.UsageError("a wacz file cannot go to standard output; name a file")
    if format_name in _ARCHIVES and with_manifest:
        raise click.UsageError(f"--manifest is for {', '.join(_DATASETS)}")
    if format_name != "wacz" and (key or title):
        raise click.UsageError("--sign and --title are for wacz")
    selection = Selection(query=query, filters=filters_of(chosen), use=use)
    if query:
        index_what_waits(shell)
    if format_name in _ARCHIVES:
        sink = None if to_stdout else out
        told = _archive(shell, format_name, sink, selection, force=force, key=key, title=title)
        _tell_archive(shell, told, out, as_json=as_json)
        return
    _dataset(
        shell,
        format_name,
        None if to_stdout else out,
        selection,
        force=force,
        bom=bom,
        with_manifest=with_manifest,
        as_json=as_json,
    )


def _dataset(
    shell: Shell,
    format_name: Any,
    out: Path | None,
    selection: Selection,
    *,
    force: bool,
    bom: bool,
    with_manifest: bool,
    as_json: bool,
) -> None:
    """Write records to `out`, None for standard output."""
    from archiater.showing import progress, show_json
    from archive.exporting.exporting import export

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
            out or sys.stdout.buffer,
            selection,
            force=force,
            bom=bom,
            with_manifest=with_manifest,
            on_record=tell,
        )
    if as_json:
        show_json(manifest)
    elif not shell.is_quiet:
        click.echo(_summary(manifest, out or Path("-"), selection.use), err=True)


def _archive(
    shell: Shell,
    format_name: str,
    out: Path | None,
    selection: Selection,
    *,
    force: bool,
    key: Path | None,
    title: str | None,
) -> dict[str, Any]:
    """Write captures to `out`, None for standard output."""
    from archiater.showing import progress
    from archive.exporting.cdxj import export_cdxj
    from archive.exporting.wacz import export_wacz

    with (
        shell.open_collection() as collection,
        progress("export", quiet=shell.is_quiet) as bar,
    ):
        if format_name == "cdxj" or out is None:
            return export_cdxj(collection, out or sys.stdout.buffer, selection, force=force)

        def tell(done: int, of: int) -> None:
            bar.set_total(of)
            bar.set_done(done)

        return export_wacz(
            collection, out, selection, key=key, title=title, force=force, on_bytes=tell
        )


def _tell_archive(shell: Shell, told: dict[str, Any], out: Path, *, as_json: bool) -> None:
    from archiater.showing import clean, show_json

    if as_json:
        show_json(told)
    elif not shell.is_quiet:
        what = (
            f"{told['lines']} lines"
            if told["format"] == "cdxj"
            else f"{told['articles']} articles, {told['captures']} captures"
        )
        signed = ", signed" if told.get("is_signed") else ""
        click.echo(clean(f"{what}, {told['bytes']} bytes to {out}{signed}"), err=True)


def _summary(manifest: dict[str, Any], out: Path, use: str) -> str:
    from archiater.showing import clean

    left_out = manifest["left_out"]
    parts = [f"{manifest['articles']} articles, {manifest['bytes']} bytes to {out}"]
    if left_out["disallowed"]:
        parts.append(f"{left_out['disallowed']} left out: their pages forbid to {use} them")
    if left_out["unknown"]:
        parts.append(f"{left_out['unknown']} left out: their pages do not permit to {use} them")
    return clean("; ".join(parts))
