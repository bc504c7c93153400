"""Makes harmless what was handed in, in a process of its own that may fail: bytes in, a clean file and a thumbnail out."""
