"""The code of conduct of an authority: its versions, and who accepted which."""
