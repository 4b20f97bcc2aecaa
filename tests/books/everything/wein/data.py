"""The wines that the chapter's models and figures share: 178 bottles, thirteen measurements each, three cultivars.

Forina et al. (1986), as scikit-learn ships them.
"""

import torch
from sklearn.datasets import load_wine

from pipeline.table import Points

SORTS = ("Barolo", "Grignolino", "Barbera")
NAMES = {  # of the thirteen measurements, in the order of the columns
    "alcohol": "Alkohol",
    "malic_acid": "Apfelsäure",
    "ash": "Asche",
    "alcalinity_of_ash": "Alkalität",
    "magnesium": "Magnesium",
    "total_phenols": "Phenole",
    "flavanoids": "Flavonoide",
    "nonflavanoid_phenols": "Nichtflavonoide",
    "proanthocyanins": "Proanthocyane",
    "color_intensity": "Farbtiefe",
    "hue": "Farbton",
    "od280/od315_of_diluted_wines": "OD-Verhältnis",
    "proline": "Prolin",
}
LEFT_OUT = 4  # each fourth bottle is not shown to a model


def wines():
    """x of shape (178, 13), y of shape (178,): the measurements and the cultivars, from 0."""
    bunch = load_wine()
    assert bunch.feature_names == list(NAMES)
    return torch.as_tensor(bunch.data), torch.as_tensor(bunch.target)


def column(name):
    """The column of a measurement, by its English name."""
    return list(NAMES).index(name)


def standardised(x):
    """Each column with mean 0 and variance 1."""
    return (x - x.mean(dim=0)) / x.std(dim=0, correction=0)


def axes(x, k=2):
    """The first k principal axes (13, k) of standardised measurements, and all variances along them (13,).

    The sign of an axis is free; here its largest entry is positive.
    """
    _, s, v = torch.linalg.svd(standardised(x), full_matrices=False)
    v = v * v.gather(1, v.abs().argmax(dim=1, keepdim=True)).sign()
    return v[:k].T, s**2 / len(x)


def plane():
    """The bottles in the plane of the first two principal axes, (178, 2), and their cultivars."""
    x, y = wines()
    return standardised(x) @ axes(x)[0], y


def split(y):
    """Which bottles are shown to a model, (178,) of bool: all but each fourth of a cultivar."""
    rank = torch.stack([(y == k).cumsum(0) for k in range(len(SORTS))])[y, torch.arange(len(y))]
    return rank % LEFT_OUT != 0


def by_sort(xy, y, labels):
    """{"sorte-0": Points, …} of points (n, 2)."""
    return {f"sorte-{k}": Points(*xy[y == k].T, labels=labels) for k in range(len(SORTS))}
