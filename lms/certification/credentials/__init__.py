"""Each certificate as an Open Badges 3.0 credential that machines can check."""
