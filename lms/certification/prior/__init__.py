"""Pages on which a learner shows what they learned before, and an assessor decides whether it counts.

They stand in this room because an earlier certificate may be one that was issued here; what is offered and decided is
learning's own record.
"""
