"""Makes the files in ImageDecoderTests.cs: a CMYK JPEG, 16-bit greys, a GIF and a BMP, as base64. Needs Pillow and NumPy."""
import base64, io
import numpy as np
from PIL import Image


def show(name, image, form, **options):
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    print(name, base64.b64encode(buffer.getvalue()).decode())


inks = np.zeros((16, 16, 4), np.uint8)
inks[:, :8] = (255, 0, 0, 0)
show("cmyk", Image.fromarray(inks, "CMYK"), "JPEG", quality=90)
show("16 bits", Image.fromarray((np.arange(16).reshape(4, 4) * 4096).astype(np.uint16)), "PNG")
upper = np.zeros((4, 4), np.uint8)
upper[:2] = 1
palette = Image.fromarray(upper, "P")
palette.putpalette([0, 0, 255, 255, 0, 0])
show("gif", palette, "GIF")
show("bmp", Image.fromarray(np.stack([upper * 255, upper * 0, (1 - upper) * 255], 2)), "BMP")
