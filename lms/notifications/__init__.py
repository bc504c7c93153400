"""Telling people: notices as rows, written with the fact they are about and sent afterwards."""
