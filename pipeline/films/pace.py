"""How fast a film goes."""

PACE = "pace.json"  # beside the folders of the frames
# {constant of a figure's module: (its key in pace.json, usual value, least, most)}
USUAL: dict[str, tuple[str, float, float, float]] = {
    "FRAMES_PER_SECOND": ("frames_per_second", 12, 1, 60),
    "HOLD": ("hold", 1, 0, 60),  # s: so long the first frame stays, and the last
}
