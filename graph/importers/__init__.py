"""Importers: what others publish about people and companies, as records of this graph. One module a format; ``formats`` lists them."""
