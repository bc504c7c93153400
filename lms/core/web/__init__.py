"""The part of the core that knows Flask: request state, languages, forms, guards against forgery, pages for errors."""
