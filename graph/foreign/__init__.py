"""RDF in the vocabularies of others (W3C ORG, schema.org, FOAF, Wikidata), told in ours.

``translate`` takes what such files say and gives quads as ``interlock.graph.convert`` reads them. Nothing is dropped in silence: what no
reader takes up is counted by property and class, and what it takes up and can't make sense of is a warning.
"""
