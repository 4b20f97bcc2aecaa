"""A training run as a loop: it records the history, keeps snapshots, shows its progress and stops on divergence."""

import math
import sys

from tqdm import tqdm

from pipeline.errors import AuthorError


def terminal():
    """Where progress is shown: standard error or, when that is a log file, the terminal behind it, if there is one."""
    if sys.stderr.isatty():
        return sys.stderr
    try:
        return open("/dev/tty", "w")
    except OSError:
        return None


def unfallen(history):
    """What is to be said of losses that end no lower than they began; a net that only descends has none."""
    for name, values in history.items():
        if name.endswith("loss") and len(values) > 1 and not values[-1] < values[0]:
            last = ", ".join(f"{v:.4g}" for v in values[-3:])
            yield f"{name} has not fallen: {values[0]:.4g} at first, {last} in the last epochs"


class Run:
    """Iterates over epochs.

        run = Run(net, epochs=2000, keep=(0, 300))
        for _ in run:
            run.record(loss=step(…))
        return run.history, run.snapshots

    history : {name: [value an epoch]}; snapshots : {epoch: state dict}, `keep` counts completed epochs.
    """

    name = ""  # of the model, which the train step knows

    def __init__(self, net, epochs, keep=()):
        self.net, self.epochs, self.keep = net, epochs, set(keep)
        self.history, self.snapshots = {}, {}

    def __iter__(self):
        stream = terminal()
        layout = "{desc} epoch {n}/{total}{postfix}, {remaining} left"
        # Short training is over before a line would help; one line, rewritten once a second, for the rest.
        bar = tqdm(
            total=self.epochs, desc=self.name, file=stream, disable=stream is None, delay=2, mininterval=1, leave=False, bar_format=layout
        )
        with bar:
            for epoch in range(self.epochs):
                self.snap(epoch)
                yield epoch
                if self.history:
                    bar.set_postfix({name: f"{values[-1]:.3g}" for name, values in self.history.items()}, refresh=False)
                bar.update()
            self.snap(self.epochs)

    def snap(self, epoch):
        if epoch in self.keep:
            self.snapshots[epoch] = {name: value.clone() for name, value in self.net.state_dict().items()}

    def record(self, **values):
        """Adds this epoch's numbers to the history; a loss that is not finite stops the run."""
        for name, value in values.items():
            value = float(value.detach() if hasattr(value, "detach") else value)
            past = self.history.setdefault(name, [])
            if not math.isfinite(value):
                last = ", ".join(f"{v:.4g}" for v in past[-3:]) or "nothing"
                raise AuthorError(f"training diverged: {name} is {value} at epoch {len(past)}, after {last}")
            past.append(value)
