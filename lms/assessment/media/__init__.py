"""Files of evidence: photos, voice, video and documents, made harmless before they are kept."""
