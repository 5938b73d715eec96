#!/usr/bin/env python3
"""Writes decompositions.tsv: what the project knows of Unicode's canonical forms. Source: Python's own copy of the Unicode Character Database."""
import os
import unicodedata as u

lines = [f"unicode\t{u.unidata_version}"]
classes = {}
for point in range(0x110000):
    if 0xAC00 <= point <= 0xD7A3 or 0xD800 <= point <= 0xDFFF:      # Hangul syllables follow a formula
        continue
    char = chr(point)
    mapping = u.decomposition(char)
    if mapping and not mapping.startswith("<"):
        composes = "+" if u.normalize("NFC", char) == char and " " in mapping else "-"
        lines.append(f"{point:X}\t{mapping}\t{composes}")
    if u.combining(char):
        classes.setdefault(u.combining(char), []).append(point)
for number, points in sorted(classes.items()):
    ranges, start = [], points[0]
    for before, after in zip(points, points[1:] + [None]):
        if after != before + 1:
            ranges.append(f"{start:X}-{before:X}")
            start = after
    lines.append(f"class {number}\t{' '.join(ranges)}")
here = os.path.dirname(os.path.abspath(__file__))
open(os.path.join(here, "decompositions.tsv"), "w", encoding="ascii", newline="\n").write("\n".join(lines) + "\n")
