"""Where Python packages come from, asked of pip before anything is downloaded: does its index answer, and which build of torch is there?

It is pip that is asked, not the network: pip alone knows the indices, proxies, certificates and folders of wheels that it was told of.
"""

import os
import platform
import re
import subprocess
import sys
from typing import NamedTuple

from pipeline.errors.author import AuthorError

# The CPU build of torch: on Linux the ordinary index has only builds that need several GB of CUDA's libraries.
# TORCH_INDEX=… chooses another index, such as PyTorch's for CUDA.
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CUDA_MB, CUDA_GB = 2700, 4.7  # what torch 2.13.0 of the ordinary index downloads on Linux, and what it takes on disk
SECONDS = 60  # what pip may take to ask: 5 for each address of an index, and its own start on a busy machine
LABEL = re.compile(r"cpu|cu\d+|rocm[\d.]+|xpu")  # what PyTorch's indices, and the builds in them, are called by
LIBRARIES = re.compile(r"pip|nvidia-.*|cuda-.*|triton.*")  # what no lock names: pip itself, and what only builds of torch for GPUs need


class Torch(NamedTuple):
    """A build of torch: what is asked of pip, and options that say where it lies."""

    requirement: str
    options: tuple = ()


class Answer(NamedTuple):
    """What pip finds of a package for this Python: its versions; {address: why it is out of reach}."""

    versions: list
    failed: dict


def ask(pip, package, *options):
    """An Answer, within seconds."""
    command = [*pip, "index", "versions", package, "--pre", "--retries", "0", "--timeout", "5", "-vv", *options]
    try:
        said = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS, encoding="utf-8").stdout
    except subprocess.TimeoutExpired:
        return Answer([], {"all of them": f"no answer within {SECONDS} seconds"})
    versions = re.search(r"^ *Available versions: (.*)", said, re.MULTILINE)
    failed = re.findall(r"Could not fetch URL (\S+): (.*?)(?: - skipping)?$", said, re.MULTILINE)
    return Answer(versions[1].split(", ") if versions else [], {address: reason(text) for address, text in failed})


def reason(text):
    """Why an address is out of reach, in a few words, of what pip says."""
    inner = re.search(
        r"\[Errno -?\d+\] ([^'\"()<>]+)|(\d{3} (?:Client|Server) Error: [^:]+?)(?: for url)?:|(timed out|certificate verify failed)", text
    )
    return next(filter(None, inner.groups())).strip() if inner else text


def check_index(pip, pins):
    """Asks for one package of a lock, and says it in words when no index answers."""
    package, version = next(iter(pins.items()))
    versions, failed = ask(pip, package)
    if version not in versions:
        whys = [f"{address}: {why}" for address, why in failed.items()] or [f"it has no {package} {version}"]
        hint = "the network; pip is told of a proxy or a mirror by `pip config set global.proxy …` or `global.index-url …`"
        raise AuthorError("\n".join(["the index of Python packages is out of reach, and nothing was downloaded", *whys]), hint)


def find_torch(pip, version):
    """The build of torch to install: that of TORCH_INDEX, or the CPU build if it is within reach, or the ordinary index's."""
    index = os.environ.get("TORCH_INDEX") or CPU_INDEX
    versions, failed = ask(pip, "torch", "--extra-index-url", index)
    why = next((why for address, why in failed.items() if address.startswith((index.rstrip("/"), "all"))), None)
    if not versions:
        versions = ask(pip, "torch").versions
    return choose(version, versions, index, why)


def choose(version, versions, index, why=None):
    """A Torch of one version among those that pip finds; why: what keeps `index` out of reach, None if it answers."""
    options = () if why else ("--extra-index-url", index)
    last = index.rstrip("/").split("/")[-1]
    label = last if LABEL.fullmatch(last) else ""
    builds = [v for v in versions if v == f"{version}+{label}" or (v.startswith(f"{version}+") and not label)]
    if builds:
        return Torch(f"torch=={builds[0]}", options)
    if index != CPU_INDEX and (why or label not in ("", "cpu")):
        raise AuthorError(
            f"{index} has no torch {version} for {machine()}: {why or 'it has others'}", "unset TORCH_INDEX for the CPU build"
        )
    if version not in versions:
        silent = f" within reach: {why}" if why else ""
        raise AuthorError(f"there is no build of torch {version} for {machine()}{silent}", "the network, or another version of Python")
    if index == CPU_INDEX and (platform.system(), platform.machine()) == ("Linux", "x86_64"):
        print(
            f"set-up: the CPU build of torch is out of reach ({index}: {why or f'nothing for {machine()}'});",
            f"the ordinary one is installed, with CUDA's libraries that it needs: {CUDA_MB:,} MB to download, {CUDA_GB} GB on disk",
            sep="\n  ",
            file=sys.stderr,
        )
    return Torch(f"torch=={version}", options)


def machine():
    return f"Python {'.'.join(platform.python_version_tuple()[:2])} on {platform.system()} {platform.machine()}"
