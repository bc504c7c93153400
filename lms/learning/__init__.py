"""What is taught: courses, modules, lessons, activities and knowledge checks, and how far each learner is."""
