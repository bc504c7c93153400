"""What makes the tests quicker and changes nothing that they try: compiled templates, cheap passwords, short keys."""

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from lms.certification.keys import making
from lms.people import secrets

REAL_HASHER = secrets._hasher
"""What really hashes passwords; a test looks at how slow it is."""


class Compiled(BytecodeCache):
    """Templates compiled by one test's site serve the next one's, by the checksum of their text."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled before."""
        if kept := self._kept.get(bucket.key):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled now."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


def _short_rsa() -> rsa.RSAPrivateKey:
    """A key that is made ten times as quickly as a real one, which takes up to two seconds."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def use() -> None:
    """For this process, tests and what they serve alike. A process of its own, as `lms serve`, does as in life."""
    Flask.jinja_options = {"bytecode_cache": Compiled()}
    secrets._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    making.new_rsa = _short_rsa
