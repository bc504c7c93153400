"""Three invented authorities with believable people at every stage, made through the services the pages use."""

from lms.demo.make import make

__all__ = ["make"]
