"""The points, against the line that they lie near."""


def test_points_lie_near_their_line(book):
    data = book.load(book.root / "line/data.py")
    x, y = data.sample(1000, seed=0)
    noise = y - data.SLOPE * x - data.INTERCEPT
    # Estimates from n draws lie within 4 standard errors: σ/√n of the mean, σ/√2n of the deviation.
    assert abs(noise.mean()) < 4 * 0.1 / 1000**0.5 and abs(noise.std() - 0.1) < 4 * 0.1 / 2000**0.5
