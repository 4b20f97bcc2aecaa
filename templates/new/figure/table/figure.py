"""Planets and Kepler's third law.

For four planets: their distance from the sun, the year that was observed, and the year that follows from the distance.
"""

import numpy as np

from pipeline.table import Tabular

PLANETS = {"Venus": (0.723, 0.615), "Mars": (1.524, 1.881), "Jupiter": (5.203, 11.862), "Saturn": (9.537, 29.447)}


def tables():
    distance, year = np.transpose([*PLANETS.values()])
    heads = {"planet": "Planet", "distance": "Distance in AU", "year": "Year observed", "law": "Year by the law"}
    return {"planets": Tabular(planet=[*PLANETS], distance=distance, year=year, law=distance**1.5, labels=heads)}
