"""Queues: what waits for whom, for how long, and who has it open."""
