"""Self-assessment: how sure learners feel about each standard. No mark, and private."""
