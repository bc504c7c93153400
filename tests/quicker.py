"""What makes the tests quicker and changes nothing that they try: what is compiled once serves all; cheap passwords."""

import gc
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType, MethodType
from typing import Any

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import create_engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from lms.certification.keys import making
from lms.core import content, db, shelves
from lms.people import secrets

REAL_HASHER = secrets._hasher
"""What really hashes passwords; a test looks at how slow it is."""


class Compiled(BytecodeCache):
    """Templates compiled by one test's site serve the next one's, by the checksum of their text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled before."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled now."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


def _addresses_once() -> None:
    """Each test has a site of its own with hundreds of addresses; an address is taken apart once, for all of them.

    What comes of it depends on nothing but what is in the key; only the functions that write the address take the rule
    they belong to. Where an address has values of its own (`defaults`), it is taken apart each time.
    """
    made: dict[Hashable, Rule] = {}
    really = Rule.compile

    def compiled(self: Rule) -> None:
        key = (self.rule, self.subdomain, self.host, self.merge_slashes, bool(self.map and self.map.host_matching))
        known = None if self.defaults else made.get(key)
        if known is None:
            really(self)
            if not self.defaults:
                made[key] = self
            return
        self._parts, self._trace, self._converters = known._parts, known._trace, known._converters
        self.arguments.update(known.arguments)
        self._build = MethodType(known._build.__func__, self)
        self._build_unknown = MethodType(known._build_unknown.__func__, self)

    Rule.compile = compiled  # type: ignore[method-assign]


def _statements_once() -> None:
    """Each test has an engine of its own; a statement is compiled once for all that speak to the same kind of server.

    SQLAlchemy keeps what it compiled by the dialect as well, and two dialects are never the same to it.
    """

    def alike(self: DefaultDialect, other: object) -> bool:
        return type(self) is type(other) and _traits(self) == _traits(other)

    DefaultDialect.__eq__ = alike  # type: ignore[method-assign]
    DefaultDialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
    shared: Any = LRUCache(3000)
    db.create_engine = partial(create_engine, execution_options={"compiled_cache": shared})


def _content_once() -> None:
    """The built-in shelves are read once, for every site that has no packs; of packs' folders each text once.

    What is loaded is never changed: every test's house has had the same shelves all along.
    """
    read: dict[Hashable, shelves.Shelves] = {}
    really = shelves.load

    def load(loaders: Loaders, packs: Sequence[Path] = (), *, across: Sequence[shelves.Across] = ()) -> shelves.Shelves:
        if packs:
            return really(loaders, packs, across=across)
        where = tuple(shelves.builtin(name) for name in loaders)
        key = (tuple((name, *several) for name, several in loaders.items()), *across, where)
        if key not in read:
            read[key] = really(loaders, across=across)
        return dict(read[key])

    shelves.load = load
    content.compose = lru_cache(maxsize=600)(content.compose)


Loaders = Mapping[str, Sequence[shelves.Loader]]


def _traits(dialect: Any) -> tuple[object, ...]:
    """What may differ between two of a kind and changes what is compiled."""
    return dialect.paramstyle, getattr(dialect, "server_version_info", None)


def _short_rsa() -> rsa.RSAPrivateKey:
    """A key that is made ten times as quickly as a real one, which takes up to two seconds."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def use() -> None:
    """For this process, tests and what they serve alike. A process of its own, as `lms serve`, does as in life."""
    Flask.jinja_options = {"bytecode_cache": Compiled()}
    secrets._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    making.new_rsa = _short_rsa
    _addresses_once()
    _statements_once()
    _content_once()


def settled() -> None:
    """What stands once the tests are collected stands to the end: the collector need not look through it again."""
    gc.collect()
    gc.freeze()
