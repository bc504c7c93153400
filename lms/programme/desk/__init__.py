"""The coordinator's desk: what needs somebody today, the programme in numbers, who is stuck, and one PA's story."""
