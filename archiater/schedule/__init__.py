"""Crawls on a schedule: which moments are due, running them once, the units for systemd and cron.

`moments` computes, `scheduled_crawls` decides and runs, `loops` repeats, `crawl_processes` starts
a crawl as a process, `units` writes what systemd or cron need. What became of every due moment is
kept by `archive.due_moments`.
"""
