"""Checking that what lies in a collection, or in WARC files of any tool, is whole and agrees.

`verifying.verify_collection` and `verifying.verify_files` are the doors. From the bytes up:
`file_check` reads one file, `record_reading` its records (`arc_files` those of ARC), `record_heads`
their fields, `http_blocks` with `chunked_bodies` and `coded_bodies` what they hold; then
`references` between records, `rows` against bytes, the `database` in itself, `index_check`,
`packages` for WACZ; `deep` extracts again.
"""
