"""The search over compressed adjacency arrays: from two sides to the shortest length, then path by path in exact order.

Written for Numba, and just as good as plain Python: see ``interlock.graph.jit``, which loads this module in either way. Everything is a
number: an entity is its index (in the order of ids, so that comparing indexes compares ids), a relationship its own; a *half-edge* is a
relationship seen from one of its ends. The half-edges of entity ``u`` are ``first[u]`` to ``first[u + 1]``, sorted by the other end, so
that parallel relationships stand side by side and make one hop.

Three steps answer a question:

1. ``meet``: breadth-first search from both ends, always by the smaller frontier, until they meet. Each side keeps its *ball*: which
   entities are within how many hops.
2. ``reach``: the balls are grown until their radii add up to the wanted number of hops. Backward from the target it is then found what
   it costs at least to get there from an entity in exactly so many hops (``rest``; a lower bound, since a walk may repeat itself).
3. ``enumerate_paths``: partial paths are continued in the order of what they will cost at least, equal ones in the order of their entities.
   So whole paths come out in exact order, and the search may stop after any of them.

If all of them were found, ``goes_on`` says whether there may be paths of more hops: by a partial path near where the balls meet, or by
growing these on; only where that shows nothing, by all partial paths and the whole ball around the target.

Where start and end are one entity, the paths are loops: simple but for that entity, which only the first and the last hop touch.

A worker's marks, positions and queues are kept between questions: whoever was marked is in a queue, by which the marks are taken back, so
that nothing is ever cleared as a whole. ``state`` holds the numbers that survive from call to call; ``stop[0]`` is set from outside to end
the search.
"""
