"""A dahlia and its edges.

A photograph of an orange dahlia before green leaves, below it three squares of its middle: how bright it is, as ink
on paper; where it turns brighter to the right, red, or darker, blue; and the same upwards. The petals' rims are rows
of red and blue arcs.
"""

from pathlib import Path

import matplotlib.image
import numpy as np
import sklearn.datasets

from pipeline.table import Image


def tables():
    file = Path(sklearn.datasets.__file__).parent / "images" / "flower.jpg"
    photo = matplotlib.image.imread(file)[:426, :639] / 255
    photo = photo.reshape(142, 3, 213, 3, 3).mean(axis=(1, 3))  # (row, column, channel), a third of the size
    grey = photo @ [0.2126, 0.7152, 0.0722]
    up, across = np.gradient(grey[10:130, 60:180])
    reach = np.quantile(np.hypot(up, across), 0.995)
    slopes = np.clip([across, -up], -reach, reach)
    return {
        "photo": Image(photo),
        "light": Image(grey[10:130, 60:180], names=["brightness"]),
        "slopes": Image(slopes, names=["to the right", "upwards"], limits=(-reach, reach)),
    }
