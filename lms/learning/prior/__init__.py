"""Prior learning: what was learned elsewhere, offered by the learner, accepted by an assessor."""
