"""Where a PA stands on a register: moves, waivers, and what the calendar does."""
