"""Makes what was handed in harmless, in a process that may fail alone: bytes in, a clean file and a thumbnail out."""
