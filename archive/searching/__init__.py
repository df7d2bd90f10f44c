"""Full text search over the articles: one analyser, a query parser that refuses nothing, the index.

`searching.search` is the door; `filters.Filters` is shared with `archive.exporting`.
"""
