"""One seed for every generator: Python's `random`, NumPy's and torch's, and what NumPy's new generators begin with.

While a module of the book is imported, the seed of its own file is in force, whoever imports it and when; later that of
the model or figure that is made. A library that is imported later still begins with the seed in force.
"""

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

LIBRARIES = ("numpy.random", "torch")  # which have generators of their own
entropy = random.Random(0)  # for numpy.random.default_rng() without a seed, which would ask the system
force: list[int] = []  # the seeds in force, the outermost first


def imported(*libraries: str) -> dict[str, Any]:
    return {name: sys.modules[name] for name in libraries if name in sys.modules}


def sow(seed: int, *libraries: str) -> None:
    """Seeds the generators of libraries that are there."""
    for name, library in imported(*libraries).items():
        if name == "torch":
            library.manual_seed(seed)  # all devices'
            library.set_num_threads(1)  # sums in one order, also in what a module computes when it is imported
        else:
            library.seed(seed)
            library.bit_generator.randbits = entropy.getrandbits


def sow_all(seed: int) -> None:
    random.seed(seed)
    entropy.seed(seed)
    sow(seed, *LIBRARIES)


def begin(seed: int) -> None:
    """Puts a seed in force for all that this process does from now on."""
    force[:] = [seed]
    sow_all(seed)


def states() -> dict[str, Any]:
    """The state of each generator that there is."""
    found: dict[str, Any] = {"random": random.getstate(), "entropy": entropy.getstate()}
    for name, library in imported(*LIBRARIES).items():
        if name == "torch":
            found[name] = library.get_rng_state()
            if library.cuda.is_available() and library.cuda.is_initialized():
                found["torch.cuda"] = library.cuda.get_rng_state_all()
        else:
            found[name] = library.get_state(legacy=False)
    return found


def restore(found: dict[str, Any]) -> None:
    """Sets generators to states() of an earlier time."""
    random.setstate(found["random"])
    entropy.setstate(found["entropy"])
    for name, library in imported(*LIBRARIES).items():
        if name in found:
            (library.set_rng_state if name == "torch" else library.set_state)(found[name])
    if "torch.cuda" in found:
        sys.modules["torch"].cuda.set_rng_state_all(found["torch.cuda"])


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """In such a block a seed is in force; afterwards all generators go on from where they were before it."""
    before = states()
    force.append(seed)
    sow_all(seed)
    try:
        yield
    finally:
        force.pop()
        restore(before)
        if force:  # what was imported in the block is as if it had been there
            sow(force[-1], *(name for name in LIBRARIES if name not in before))


class Sower(MetaPathFinder):
    """Imports each module below a package under a seed of its own, and seeds libraries as soon as they are there.

    seed_of : the seed of a file.
    """

    def __init__(self, package: str, seed_of: Callable[[str], int]) -> None:
        self.package, self.seed_of = package, seed_of

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        own = name.startswith(f"{self.package}.")
        spec = PathFinder.find_spec(name, path, target) if own or name in LIBRARIES else None
        if spec and spec.loader and spec.origin:
            execute, origin = spec.loader.exec_module, spec.origin

            def sown(module: ModuleType) -> None:
                if own:
                    with seeded(self.seed_of(origin)):
                        execute(module)
                else:
                    execute(module)
                    sow(force[-1] if force else 0, name)

            spec.loader.exec_module = sown  # type: ignore[method-assign]
        return spec


def watch(package: str, seed_of: Callable[[str], int]) -> None:
    """Has a Sower look after a package from now on, and libraries that are there begin as if they were imported now."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, Sower)]
    sys.meta_path.insert(0, Sower(package, seed_of))
    sow(force[-1] if force else 0, *LIBRARIES)
