"""The table of the block model; made by `make train`, see docs/training.md."""

TABLE = """\
intercept 2.0000
"""
