"""Tells when there is nothing to be done."""

import logging
from collections.abc import Callable

from snakemake.logging import logger

from pipeline.engine.terminal import NOTHING


class Idle(logging.Handler):
    """Hears Snakemake say that there is nothing to be done, where it calls neither onsuccess nor onerror."""

    def __init__(self, then: Callable[[], object]) -> None:
        super().__init__()
        self.then = then

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith(NOTHING):
            self.then()


def listen(then: Callable[[], object]) -> None:
    """Calls `then` when Snakemake has found nothing to be done; what an earlier Snakefile of this process asked for is
    forgotten."""
    for handler in [handler for handler in logger.handlers if isinstance(handler, Idle)]:
        logger.removeHandler(handler)
    logger.addHandler(Idle(then))
