"""ffmpeg, which makes an MP4 of a film's frames."""

import shutil
import subprocess
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.setup.needs import FFMPEG, commands

PROGRAM = "ffmpeg"
QUALITY = 21  # of x264: 0 loses nothing; from about 24 on, thin lines are seen to be softer than the still's
# All browsers play H.264 with a colour for each four pixels. One thread: with more, bytes would be another machine's.
CODEC = ["-c:v", "libx264", "-preset", "medium", "-tune", "animation", "-crf", str(QUALITY)]
CODEC += ["-threads", "1", "-g", "48"]
SPACE = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
SAME = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"]  # no dates, no versions


def there() -> bool:
    """Whether this machine can make films."""
    return shutil.which(PROGRAM) is not None


def lacking() -> AuthorError:
    """What an author is told where it cannot."""
    return AuthorError(f"a film is made by {PROGRAM}, which is not installed", " or ".join(commands([FFMPEG])))


def encode(folder: Path, target: Path, frames_per_second: float, hold: float, title: str) -> None:
    """Makes a film of the frames 0001.png, … in a folder; equal frames give equal bytes.

    hold : for how many seconds the first frame stays, and the last.
    """
    if not there():
        raise lacking()
    stay = f"tpad=start_mode=clone:start_duration={hold}:stop_mode=clone:stop_duration={hold}"
    picture = f"{stay},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    done = subprocess.run(
        [PROGRAM, "-nostdin", "-hide_banner", "-loglevel", "error", "-y",
         "-framerate", str(frames_per_second), "-i", str(folder / "%04d.png"), "-vf", picture,
         *CODEC, *SPACE, *SAME, "-metadata", f"title={title}", "-movflags", "+faststart", "-f", "mp4", str(target)],
        capture_output=True,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        hint = "one with libx264 makes films" if "libx264" in said[0] else None
        raise AuthorError(f"{PROGRAM}: {said[-1]}", hint)
