"""Subsidised places: a council opens a course with so many places, PAs who work in its area ask, wait and get one."""
