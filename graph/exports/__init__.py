"""Writes selections in the formats of other tools: one typed table model, and a small writer for each format."""
