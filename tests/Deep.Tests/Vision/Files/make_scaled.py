"""Makes ../made/scaled.json: a picture by a formula, scaled by Pillow's BILINEAR, whole and in boxes. Needs Pillow and NumPy."""
import base64, json, os
import numpy as np
from PIL import Image


def picture(width, height):
    y, x = np.mgrid[:height, :width]
    return np.stack([(7 * x * x + 13 * y + 29 * c + x * y * (c + 2)) % 256 for c in range(3)], 2).astype(np.uint8)


cases = []
for (width, height), (new_width, new_height), box in [
    ((37, 23), (8, 8), None),
    ((37, 23), (8, 8), (7, 0, 30, 23)),
    ((37, 23), (50, 41), None),
    ((37, 23), (16, 5), (0.5, 1.25, 33.5, 20.75)),
    ((64, 48), (32, 32), None),
    ((5, 3), (1, 1), None),
    ((31, 17), (31, 17), None),
    ((300, 200), (6, 4), None),
    ((37, 23), (9, 7), (34, 20, 37, 23)),
    ((37, 23), (13, 11), (30.5, 15.25, 37, 23)),
    ((3, 40), (7, 6), None),
    ((40, 2), (6, 7), None),
]:
    scaled = Image.fromarray(picture(width, height)).resize((new_width, new_height), Image.BILINEAR, box=box)
    cases.append({"width": width, "height": height, "newWidth": new_width, "newHeight": new_height, "box": box or [0, 0, width, height],
                  "rgb": base64.b64encode(np.asarray(scaled).tobytes()).decode()})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "made", "scaled.json"), "w") as file:
    json.dump(cases, file, indent=1)
