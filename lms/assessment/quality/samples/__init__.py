"""A sample: somebody who did not decide reads the work again, accepts it or sends it back."""
