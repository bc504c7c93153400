"""Tables: vacancies and answers to them."""
