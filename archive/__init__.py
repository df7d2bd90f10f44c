"""What lies at rest: WARC files, the database, search, export, verify."""
