"""A system that follows a register's feed, as docs/api.md says: run as a process of its own, and killed by its test.

It keeps its list and the last number it has in one SQLite file, and writes both in one transaction. After each step it
says where it is and waits for a word, so that the test can end it at that very moment.
"""

import json
import sqlite3
import sys
from typing import Any
from urllib.request import Request, urlopen


def step(name: str) -> None:
    """Say where we are, and wait."""
    sys.stdout.write(f"{name}\n")
    sys.stdout.flush()
    sys.stdin.readline()


def ask(url: str, token: str) -> Any:
    with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"})) as answer:  # noqa: S310  loopback
        return json.load(answer)


def keep(db: sqlite3.Connection, after: int, put: list[tuple[str, str]], gone: list[str]) -> None:
    """List and number together, or neither."""
    with db:
        db.executemany("REPLACE INTO listing VALUES (?, ?)", put)
        step("written, not committed")
        db.executemany("DELETE FROM listing WHERE person = ?", [(person,) for person in gone])
        db.execute("UPDATE place SET after = ?", (after,))
    step("committed")


def from_list(db: sqlite3.Connection, base: str, token: str) -> None:
    """Begin with the list, then with the head of its first page."""
    head, put, path = None, [], f"{base}/listings?limit=2"
    while path:
        page = ask(path, token)
        head = page["head"] if head is None else head
        put += [(one["person"], json.dumps(one["listing"], sort_keys=True)) for one in page["listings"]]
        step("a page of the list")
        path = page["next"] and base.split("/api/", maxsplit=1)[0] + page["next"]
    assert head is not None
    keep(db, head, put, [])


def follow(db: sqlite3.Connection, base: str, token: str) -> None:
    """Follow the changes up to the head."""
    while True:
        (after,) = db.execute("SELECT after FROM place").fetchone()
        page = ask(f"{base}/changes?after={after}&limit=3", token)
        step("asked")
        entries = page["entries"]
        if not entries:
            return
        newest = {one["person"]: one for one in entries if one["person"]}
        put = [
            (person, json.dumps(one["listing"], sort_keys=True))
            for person, one in newest.items()
            if one["kind"] == "put"
        ]
        keep(db, entries[-1]["seq"], put, [person for person, one in newest.items() if one["kind"] == "remove"])


def main(base: str, token: str, path: str, way: str) -> None:
    db = sqlite3.connect(path)
    with db:
        db.execute("CREATE TABLE IF NOT EXISTS listing (person TEXT PRIMARY KEY, told TEXT)")
        db.execute("CREATE TABLE IF NOT EXISTS place (after INTEGER)")
        if db.execute("SELECT count(*) FROM place").fetchone() == (0,):
            db.execute("INSERT INTO place VALUES (?)", (-1 if way == "list" else 0,))
    if db.execute("SELECT after FROM place").fetchone() == (-1,):
        from_list(db, base, token)
    follow(db, base, token)


if __name__ == "__main__":
    main(*sys.argv[1:])
