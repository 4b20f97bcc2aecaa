"""What is in a PDF."""

import re
import subprocess
from io import BytesIO

import numpy as np
import pikepdf
from PIL import Image


def text(path, *options):
    return subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, encoding="utf-8", check=True).stdout


def fonts(pdf):
    """The font dictionaries of an open PDF."""
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]


def font_names(path):
    """Names of the fonts, without the six letters of their subset."""
    with pikepdf.open(path) as pdf:
        return {re.sub(r"^/[A-Z]{6}\+", "", str(font.BaseFont)) for font in fonts(pdf)}


def sizes(path):
    """(width, height) of each page in big points."""
    with pikepdf.open(path) as pdf:
        return [(float(p.mediabox[2] - p.mediabox[0]), float(p.mediabox[3] - p.mediabox[1])) for p in pdf.pages]


def painted(stream):
    """Colours that a content stream paints with; colours that it only sets do not count."""
    stack, fill, stroke = [], "#000000", "#000000"
    for operands, operator in pikepdf.parse_content_stream(stream):
        match str(operator):
            case "q":
                stack.append((fill, stroke))
            case "Q":
                fill, stroke = stack.pop()
            case "rg" | "g":
                fill = hexadecimal(operands)
            case "RG" | "G":
                stroke = hexadecimal(operands)
            case "f" | "F" | "f*" | "Tj" | "TJ":
                yield fill
            case "s" | "S":
                yield stroke
            case "b" | "B" | "b*" | "B*":
                yield from (fill, stroke)


def hexadecimal(operands):
    levels = [round(255 * float(o)) for o in operands]
    return "#" + "".join(f"{level:02X}" for level in (levels * 3)[:3])


def colours(path):
    """{'#RRGGBB'} that pages and the figures on them are painted with."""
    with pikepdf.open(path) as pdf:
        forms = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
        return {colour for stream in [*pdf.pages, *forms] for colour in painted(stream)}


def corner(path, page=1):
    """The colour of a page's upper left corner as it is seen."""
    command = ["pdftoppm", "-r", "20", "-png", "-f", str(page), "-l", str(page), path]
    image = Image.open(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout))
    return hexadecimal(level / 255 for level in image.convert("RGB").getpixel((0, 0)))


def pixels(path, resolution=72):
    """(row, column, channel) of a page, from 0 to 255, at so many dots per inch."""
    command = ["pdftoppm", "-r", str(resolution), "-png", "-singlefile", path]
    image = Image.open(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout))
    return np.asarray(image.convert("RGB")).astype(int)


def scales(path):
    """{(x scale, y scale)} at which pages place the figures in them."""
    found = set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            stack, matrix = [], pikepdf.Matrix()
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q":
                        stack.append(matrix)
                    case "Q":
                        matrix = stack.pop()
                    case "cm":
                        matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
                    case "Do":
                        found.add((round(matrix.a, 6), round(matrix.d, 6)))
    return found
