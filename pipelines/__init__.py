"""The stages a response passes on its way in: thin Scrapy adapters."""
