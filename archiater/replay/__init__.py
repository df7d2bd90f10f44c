"""Archived pages shown as they were: our own view without scripts, and replayweb.page beside it.

`application` is the view, an ASGI application that can stand alone or be mounted in another;
`serving` puts it on a port; `player` knows replayweb.page, which lives on an origin of its own.
What an archived page holds is hostile: it passes `markup` and `styles` and is shown in a sandbox.
"""
