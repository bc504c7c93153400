"""Mentors: experienced employers and PAs who agreed that newcomers' details are passed to them, never the other way."""
