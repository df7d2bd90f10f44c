"""Who reviewed what, as a library user asks it: `python examples/reviewers.py COLLECTION`."""

from __future__ import annotations

import sys

import archiater


def main() -> None:
    with archiater.open(sys.argv[1]) as collection:
        rows = collection.connection.execute(
            """
            select p.name, c.credentials, count(*) as articles, max(a.reviewed) as latest
            from credits c
            join people p on p.id = c.person_id
            join articles a on a.id = c.article_id
            where c.role like '%reviewer'
            group by p.id
            order by articles desc, p.name
            """
        )
        for row in rows:
            print(f"{row['articles']:>4}  {row['latest'] or '-':10}  {row['name']}")


if __name__ == "__main__":
    main()
