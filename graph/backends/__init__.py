"""Graphs whose relationships are elsewhere: the same questions, and the same answers."""
