"""PALMS: the learning, its proof and its funding for personal assistants and the people who employ them."""

__version__ = "0.1.0"
