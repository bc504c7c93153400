"""Work on many people at once: chosen, looked at, confirmed, carried out by the worker, and said of each."""
