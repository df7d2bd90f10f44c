"""Clean datasets out of a collection: the same filters as search, the same bytes each time.

`exporting.export` is the door; one module a format, `rows` for what they share.
"""
