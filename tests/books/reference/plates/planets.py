"""Eight planets.

A table with a row for each planet, rock above and gas below a rule: how far it is from the sun and how long its year
is; its mass and radius, in those of the Earth; the pressure at its surface, where it has one; and how many moons it
has.
"""

from pipeline.table import Tabular

HEADS = {
    "planet": "Planet", "distance": "Distance", "year": "Year", "mass": "Mass", "radius": "Radius",
    "pressure": "Pressure", "moons": "Moons",
}  # fmt: skip


def tables():
    return {
        "planets": Tabular(
            planet=["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune"],
            distance=[0.387, 0.723, 1.0, 1.524, 5.203, 9.537, 19.191, 30.069],  # in AU
            year=[0.241, 0.615, 1.0, 1.881, 11.86, 29.45, 84.02, 164.8],
            mass=[0.055, 0.815, 1.0, 0.107, 317.8, 95.16, 14.54, 17.15],
            radius=[0.383, 0.950, 1.0, 0.532, 10.97, 9.14, 3.98, 3.87],
            pressure=[None, 92, 1.013, 0.006, None, None, None, None],  # in bar
            moons=[0, 0, 1, 2, 95, 146, 28, 16],
            labels=HEADS,
            rules=[4],
        )
    }
