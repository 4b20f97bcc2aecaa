"""A training that goes on from a checkpoint, whichever, ends as one that nobody disturbed, bit by bit; or has none.

Each loop is trained with a checkpoint after each epoch, and then once from each of these, in a new import of its
module, as in a new process.
"""

import copy
import hashlib
import importlib
import io
import shutil
import sys
import textwrap
from types import ModuleType

import pytest
import torch

from pipeline import models, seeds
from pipeline.resuming import checkpoints
from pipeline.resuming.checkpoints import Checkpoints
from pipeline.training import Run

HEAD = """
import copy
import random
from collections import deque, defaultdict

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from pipeline.training import Run

X = torch.linspace(-1, 1, 24)[:, None]
Y = X ** 2 + 0.1 * torch.randn(24, 1)


def build():
    return nn.Sequential(nn.Linear(1, 4), nn.BatchNorm1d(4), nn.Dropout(0.2), nn.Linear(4, 1))


def step(net, optimiser, x, y):
    loss = nn.functional.mse_loss(net(x), y)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss


"""
LOOPS = {
    "adam with a schedule": """
        optimiser = torch.optim.Adam(net.parameters(), lr=0.01, fused=True)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 6)
        run = Run(net, 6, keep=(0, 2, 5, 6))
        for _ in run:
            loss = step(net, optimiser, X, Y)
            schedule.step()
            run.record(loss=loss)
        return run.history, run.snapshots
    """,
    "momentum and one cycle": """
        optimiser = torch.optim.SGD([{"params": net[0].parameters()}, {"params": net[3].parameters(), "lr": 0.1}], lr=0.01, momentum=0.9)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 0.1, total_steps=10)
        run = Run(net, 6)
        for epoch in run:
            run.record(loss=step(net, optimiser, X, Y), rate=schedule.get_last_lr()[0])
            schedule.step()
        return run.history, run.snapshots
    """,
    "an order that is shuffled in place": """
        optimiser, order = torch.optim.SGD(net.parameters(), lr=0.1), list(range(24))
        run = Run(net, 6)
        for _ in run:
            random.shuffle(order)
            rows = np.random.permutation(24)[:10]
            run.record(loss=step(net, optimiser, X[order][rows], Y[order][rows]))
        return run.history, run.snapshots
    """,
    "an order that is drawn now and then": """
        generator = torch.Generator().manual_seed(0)
        optimiser = torch.optim.AdamW(net.parameters())
        run = Run(net, 12)
        for t in run:
            if t % 4 == 0:
                order = torch.randperm(24, generator=generator)
            run.record(loss=step(net, optimiser, X[order[6 * (t % 4):][:6]], Y[order[6 * (t % 4):][:6]]))
        return run.history, run.snapshots
    """,
    "batches of a loader": """
        loader = DataLoader(TensorDataset(X, Y), batch_size=8, shuffle=True, generator=torch.Generator().manual_seed(seed))
        other = DataLoader(TensorDataset(X, Y), batch_size=8, shuffle=True)
        optimiser = torch.optim.RMSprop(net.parameters())
        run = Run(net, 5)
        for epoch in run:
            for x, y in loader:
                loss = step(net, optimiser, x, y)
            for batch in other:
                loss = step(net, optimiser, *batch)
            run.record(loss=loss)
        return run.history, run.snapshots
    """,
    "lbfgs": """
        optimiser = torch.optim.LBFGS(net.parameters(), max_iter=3, line_search_fn="strong_wolfe")
        net.eval()

        def closure():
            optimiser.zero_grad()
            loss = nn.functional.mse_loss(net(X), Y)
            loss.backward()
            return loss

        run = Run(net, 5)
        for _ in run:
            run.record(loss=optimiser.step(closure))
        return run.history, run.snapshots
    """,
    "an average of the weights": """
        optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
        mean = torch.optim.swa_utils.AveragedModel(net, use_buffers=True)
        slow = [p.detach().clone() for p in net.parameters()]
        run = Run(net, 6)
        for _ in run:
            run.record(loss=step(net, optimiser, X, Y))
            mean.update_parameters(net)
            slow = [0.9 * s + 0.1 * p.detach() for s, p in zip(slow, net.parameters())]
        with torch.no_grad():
            for p, q, s in zip(net.parameters(), mean.parameters(), slow):
                p.copy_(q + s)
        return run.history, run.snapshots
    """,
    "the best so far": """
        optimiser = torch.optim.SGD(net.parameters(), lr=0.5)
        best, at, state, worse = float("inf"), None, None, 0
        run = Run(net, 8)
        for epoch in run:
            loss = step(net, optimiser, X, Y)
            run.record(loss=loss, best=min(best, loss.item()))
            if loss.item() < best:
                best, at, state = loss.item(), epoch, copy.deepcopy(net.state_dict())
            else:
                worse += 1
        return run.history | {"at": [at, worse, best]}, {at: state}
    """,
    "variables that functions share": """
        optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
        turns, seen = 0, []

        def rate(by=[0.1]):
            nonlocal turns
            turns += 1
            by[0] *= 0.9
            seen.append(turns)
            rate.calls = getattr(rate, "calls", 0) + 1
            return by[0]

        run = Run(net, 6)
        for _ in run:
            optimiser.param_groups[0]["lr"] = rate()
            run.record(loss=step(net, optimiser, X, Y))
        return run.history | {"turns": [turns, rate.calls, *seen]}, run.snapshots
    """,
    "a function that another has made": """
        optimiser, rate = torch.optim.SGD(net.parameters(), lr=0.1), falling(0.1)
        run = Run(net, 6)
        for _ in run:
            optimiser.param_groups[0]["lr"] = rate()
            run.record(loss=step(net, optimiser, X, Y))
        return run.history, run.snapshots


    def falling(rate):
        def next_rate():
            nonlocal rate
            rate *= 0.9
            return rate

        return next_rate
    """,
    "a variable that is set in the loop and shared": """
        optimiser = torch.optim.SGD(net.parameters(), lr=0.1)

        def shifted():
            return X + shift

        run = Run(net, 6)
        for epoch in run:
            if epoch % 2 == 0:
                shift = torch.randn(1)
            run.record(loss=step(net, optimiser, shifted(), Y))
        return run.history, run.snapshots
    """,
    "a recurrent net": """
        lstm = nn.LSTM(1, 3, batch_first=True)
        optimiser = torch.optim.NAdam([*net.parameters(), *lstm.parameters()])
        hidden = (torch.zeros(1, 2, 3), torch.zeros(1, 2, 3))
        run = Run(net, 5)
        for _ in run:
            out, hidden = lstm(X.reshape(2, 12, 1), hidden)
            hidden = tuple(each.detach() for each in hidden)
            run.record(loss=step(net, optimiser, out.detach().sum(2).reshape(-1, 1), Y))
        return run.history | {"hidden": hidden[0]}, run.snapshots
    """,
    "a module's own variables": """
        optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
        run = Run(net, 6)
        for _ in run:
            run.record(loss=step(net, optimiser, noisy(), Y), chance=RNG.random() + OWN.random())
        return run.history | {"turns": [TURNS, *SEEN]}, run.snapshots


    TURNS, SEEN, RNG, OWN = 0, [], np.random.default_rng(), random.Random(3)


    def noisy():
        global TURNS
        TURNS += 1
        SEEN.append(TURNS)
        return X + TURNS * torch.randn(24, 1)
    """,
    "gradients that are gathered over epochs": """
        optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
        run = Run(net, 7)
        for epoch in run:
            loss = nn.functional.mse_loss(net(X), Y)
            loss.backward()
            if epoch % 3 == 2:
                optimiser.step()
                optimiser.zero_grad(set_to_none=False)
            run.record(loss=loss)
        return run.history, run.snapshots
    """,
    "two runs, one after another": """
        optimiser = torch.optim.Adam(net.parameters())
        run = Run(net, 4, keep=(2,))
        for epoch in run:
            loss = step(net, optimiser, X, Y)
            run.record(loss=loss)
        first = loss.item()
        shift = torch.randn(1)
        more = Run(net, 4)
        for epoch in more:
            loss = step(net, optimiser, X + shift, Y)
            more.record(more=loss, first=first)
        return run.history | more.history, run.snapshots
    """,
    "a run for each phase, within a function": """
        histories = {}
        optimiser = torch.optim.Adam(net.parameters())
        for phase, rate in enumerate((0.1, 0.01)):
            optimiser.param_groups[0]["lr"] = rate
            histories |= {f"{name}-{phase}": values for name, values in fitted(net, optimiser).items()}
        return histories, {}


    @torch.enable_grad()
    def fitted(net, optimiser):
        run = Run(net, 3)
        for _ in run:
            run.record(loss=step(net, optimiser, X, Y))
        return run.history
    """,
    "two nets": """
        critic = build()
        ours, theirs = torch.optim.Adam(net.parameters()), torch.optim.Adam(critic.parameters())
        run = Run(net, 5)
        for _ in run:
            fake = net(torch.randn(24, 1))
            loss = critic(fake.detach()).mean() - critic(Y).mean()
            theirs.zero_grad()
            loss.backward()
            theirs.step()
            mine = -critic(fake).mean()
            ours.zero_grad()
            mine.backward()
            ours.step()
            run.record(critic=loss, generator=mine)
        return run.history, run.snapshots
    """,
    "a buffer of what was seen": """
        optimiser, seen, by = torch.optim.SGD(net.parameters(), lr=0.1), deque(maxlen=3), defaultdict(list)
        path = []
        run = Run(net, 8)
        for epoch in run:
            seen.append(torch.randn(24, 1))
            by[epoch % 2].append(np.float32(epoch))
            run.record(loss=step(net, optimiser, random.choice(seen), Y), other=sum(by[0]))
            path.append(net[0].weight.detach().clone())
        return run.history | {"path": torch.stack(path)}, run.snapshots
    """,
    "objects of the author's own": """
        optimiser, plan = torch.optim.SGD(net.parameters(), lr=0.1), Plan()
        plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optimiser, patience=1)
        run = Run(net, 8)
        for _ in run:
            loss = step(net, optimiser, plan.next(), Y)
            plateau.step(loss.item())
            run.record(loss=loss)
        return run.history | {"plan": [plan.turn, Plan.made]}, run.snapshots


    class Plan:
        made = 0

        def __init__(self):
            self.turn, self.generator, self.last = 0, torch.Generator().manual_seed(1), None

        def next(self):
            self.turn += 1
            Plan.made += 1
            self.last = torch.randn(24, 1, generator=self.generator)
            return self.last
    """,
    "layers that are frozen and thawed": """
        net[0].requires_grad_(False)
        optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
        run = Run(net, 6)
        for epoch in run:
            if epoch == 3:
                net[0].requires_grad_(True)
                net[1].eval()
            net[2].p = 0.1 + epoch / 20
            run.record(loss=step(net, optimiser, X, Y))
        return run.history, run.snapshots
    """,
    "a run within a run": """
        optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
        run = Run(net, 4)
        for _ in run:
            inner = Run(net, 3)
            for _ in inner:
                inner.record(loss=step(net, optimiser, X, Y))
            run.record(loss=inner.history["loss"][-1])
        return run.history, run.snapshots
    """,
    "an array in place, and a view": """
        optimiser, table = torch.optim.SGD(net.parameters(), lr=0.1), np.zeros((3, 4))
        wide, row = X.expand(24, 3), table[1]
        run = Run(net, 6)
        for epoch in run:
            row += epoch
            table[2, 0] = np.random.rand()
            run.record(loss=step(net, optimiser, wide[:, :1] + float(table.sum()), Y))
        return run.history | {"row": row}, run.snapshots
    """,
}
# The same with something that no checkpoint can tell in full: {loop: what is said of it}.
REFUSED = {
    "beside an iterator": ("for _, x in zip(run, X.split(4)):", "x", "checkpoints are kept of a plain loop"),
    "counted": ("for epoch, _ in enumerate(run):", "X[:2] + epoch", "checkpoints are kept of a plain loop"),
    "from an iterator": ("for _ in run:", "next(batches)", "batches is a generator"),
    "into a file": ("for epoch in run:", "X[:1] + log.write(f'{epoch}')", "log is a StringIO"),
    "with a masked array": ("for epoch in run:", "X[:1] + float((masked.__setitem__(epoch, 1) or masked).sum())", "masked is a MaskedArray"),
    "with a set": ("for epoch in run:", "X[:1] + (chosen.add(f'{epoch}') or len(chosen))", "chosen is a set"),
    "with its past": ("for epoch in run:", "(hidden := (hidden + net(X[:2]).sum(1, keepdim=True)).tanh())", "hidden is a tensor with its graph"),
}  # fmt: skip
REFUSED_LOOP = """
    import io

    batches, log, chosen, hidden = (x for x in X.split(2)), io.StringIO(), set(), torch.zeros(2, 1)
    masked = np.ma.masked_array(np.arange(9.0))
    net = net[0]
    optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
    run = Run(net, 4)
    {head}
        run.record(loss=net({batch}).sum().detach() if True else step(net, optimiser, X, Y))
    return run.history, run.snapshots
"""


class Trainer:
    """Trains the loop of a module, each time as in a new process."""

    def __init__(self, folder, text):
        self.folder, self.file = folder, folder / "checkpoint.pt"
        body = [textwrap.dedent(part).strip("\n") for part in text.split("\n\n\n", 1)]
        source = f"{HEAD}def train(net, seed):\n{textwrap.indent(body[0], '    ')}\n\n\n{''.join(body[1:])}"
        (folder / "trained.py").write_text(source, encoding="utf-8")

    def train(self, kept=None):
        """(digest of all that comes of it, the Checkpoints); kept : a checkpoint's bytes to go on from."""
        package = ModuleType("book")
        package.__path__ = [str(self.folder)]
        sys.modules.pop("book.trained", None)
        sys.modules["book"] = package
        seeds.watch("book", lambda file: 5)
        module = importlib.import_module("book.trained")
        seeds.begin(7)
        net = module.build()
        self.file.unlink(missing_ok=True)
        if kept:
            self.file.write_bytes(kept)
        Run._checkpoints = Checkpoints(self.file, "key", {}, lambda files: True)
        history, snapshots = module.train(net, 7)
        found = io.BytesIO()
        kept = models.history_of(history), models.snapshots_of(snapshots, net), copy.deepcopy(net.state_dict())
        torch.save([*kept, torch.rand(3)], found)
        return hashlib.sha256(found.getvalue()).hexdigest(), Run._checkpoints


@pytest.fixture
def every_epoch(monkeypatch):
    """The bytes of all checkpoints, one an epoch."""
    found = []
    keep = Checkpoints.keep

    def kept(self, *words):
        keep(self, *words)
        found.append(self.file.read_bytes())

    monkeypatch.setattr(Checkpoints, "keep", kept)
    monkeypatch.setattr(checkpoints, "EVERY", -1)
    monkeypatch.setattr(checkpoints, "SHARE", 0)
    yield found
    Run._checkpoints = None


@pytest.mark.slow
@pytest.mark.parametrize("name", LOOPS)
def test_it_ends_as_if_undisturbed(tmp_path, every_epoch, name):
    trainer = Trainer(tmp_path, LOOPS[name])
    Run._checkpoints = None
    end, done = trainer.train()
    assert not done.note, done.note
    kept = list(every_epoch)
    assert len(kept) >= 3
    for each in kept:
        again, went_on = trainer.train(each)
        assert "went on from epoch" in went_on.resumed
        assert again == end


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_told_in_full_is_not_kept(tmp_path, every_epoch, name):
    head, batch, said = REFUSED[name]
    _, done = Trainer(tmp_path, REFUSED_LOOP.format(head=head, batch=batch)).train()
    assert said in done.note and not every_epoch


def test_a_checkpoint_of_something_else_or_a_damaged_one_is_not_taken(tmp_path, every_epoch):
    trainer = Trainer(tmp_path, LOOPS["two nets"])
    end, _ = trainer.train()
    kept = every_epoch[1]
    assert trainer.train(kept[: len(kept) // 2])[0] == end and not Run._checkpoints.resumed
    shutil.copy(trainer.file, tmp_path / "other.pt")
    for key, unchanged in (("other", True), ("key", False)):
        assert Checkpoints(tmp_path / "other.pt", key, {}, lambda files, answer=unchanged: answer).runs == {}
