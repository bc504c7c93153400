"""Who a learner lets see their knowledge record, from when until when."""
