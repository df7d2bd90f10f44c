"""Finding pages: sites, scope, sitemaps, feeds, links."""
