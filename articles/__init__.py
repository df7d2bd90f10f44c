"""The core: fetched bytes in, article records out.

No file, socket, clock, Scrapy, warcio or SQL.
"""
