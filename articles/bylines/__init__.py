"""Visible bylines: phrases as data, names, the grammar of a line, and the region gate."""
