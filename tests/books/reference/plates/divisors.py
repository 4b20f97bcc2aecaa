"""What divides 360, and who fell out with whom.

Left the 24 divisors of 360 in circles, 360 on top and 1 at the bottom, a line where a prime parts two of them, in
layers by how many primes they have. Right the 34 members of a karate club as dots, joined where two met outside of
it; the dots have two colours, for the two clubs that it broke into, and those of one colour stand together.
"""

import networkx

from pipeline.table import Graph

PRIMES = (2, 3, 5)


def tables():
    divisors = [d for d in range(360, 0, -1) if 360 % d == 0]
    lines = [(d, d // p) for d in divisors for p in PRIMES if d % p == 0]
    club = networkx.karate_club_graph()
    sides = {"Mr. Hi": "first", "Officer": "second"}
    return {
        "divisors": Graph(lines, directed=False, layout="layered", root=360),
        "club": Graph(
            club.edges, directed=False, groups={member: sides[club.nodes[member]["club"]] for member in club}
        ),
    }
