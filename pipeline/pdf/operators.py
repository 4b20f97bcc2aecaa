"""The operators of content streams that matter here, and the methods of Interpreter that run them."""

# Those whose operands are all numbers, and the others.
NUMERIC = {
    "q": "save", "Q": "restore", "cm": "concatenate", "w": "set_width",
    "g": "set_fill", "rg": "set_fill", "k": "set_fill", "G": "set_stroke", "RG": "set_stroke", "K": "set_stroke",
    "m": "move", "l": "line", "c": "curve", "v": "curve_from_here", "y": "curve_to_there", "re": "rectangle",
    "h": "close", "W": "clip", "W*": "clip", "n": "end_path",
    "f": "fill", "F": "fill", "f*": "fill_even_odd", "S": "stroke", "s": "close_and_stroke",
    "B": "fill_and_stroke", "B*": "fill_even_odd_and_stroke",
    "b": "close_fill_and_stroke", "b*": "close_fill_even_odd_and_stroke",
    "BT": "begin_text", "Tc": "set_spacing", "Tw": "set_word_spacing", "Tz": "set_stretch", "TL": "set_leading",
    "Ts": "set_rise", "Tr": "set_render", "Td": "next_line", "TD": "next_line_leading", "Tm": "set_text_matrix",
    "T*": "new_line", "EMC": "end_marked",
}  # fmt: skip
OTHER = {
    "d": "set_dash", "gs": "set_parameters", "cs": "set_fill_space", "CS": "set_stroke_space",
    "sc": "set_fill_colour", "scn": "set_fill_colour", "SC": "set_stroke_colour", "SCN": "set_stroke_colour",
    "Tf": "set_font", "Tj": "show_one", "TJ": "show", "'": "show_on_new_line", '"': "show_spaced",
    "Do": "do", "INLINE IMAGE": "inline_image", "sh": "shade", "BDC": "begin_marked", "BMC": "begin_marked",
    "DP": "mark_point",
}  # fmt: skip
