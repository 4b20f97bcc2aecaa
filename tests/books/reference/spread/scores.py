"""Four readers, three kinds of letters.

Three bars side by side for each of four names: upright letters are nearly all read by everyone, blurred ones by
fewer, and turned ones by half or less; Dora is the best at all of them.
"""

from pipeline.table import Bars

READERS = ["Ann", "Bob", "Cleo", "Dora"]


def tables():
    labels = {"y": "letters read, of 50", "upright": "upright", "blurred": "blurred", "turned": "turned"}
    return {"read": Bars(READERS, labels, upright=[48, 47, 44, 50], blurred=[39, 33, 36, 45], turned=[22, 18, 27, 31])}
