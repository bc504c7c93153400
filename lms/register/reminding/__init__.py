"""Reminders the register team sends to many PAs at once: seen beforehand, sent once."""
