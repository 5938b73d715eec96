"""Makes ../../made/operations.json: torchvision's operations of a picture by a formula. Needs torchvision 0.14 or later."""
import json, os
import torch
from torchvision.transforms import functional as F
from torchvision.transforms import InterpolationMode

y, x = torch.meshgrid(torch.arange(12), torch.arange(12), indexing="ij")
bytes_ = torch.stack([(40 + 9 * x + 5 * y + 31 * c + x * y * (c + 1)) % 230 for c in range(3)]).to(torch.uint8)
floats = bytes_.float() / 255
bilinear = InterpolationMode.BILINEAR


def affine(translate=(0, 0), shear=(0.0, 0.0), center=None):
    return F.affine(floats, 0.0, list(translate), 1.0, list(shear), bilinear, center=center)


def degrees(share):
    return float(torch.rad2deg(torch.atan(torch.tensor(share))))


made = {
    "Nothing 0": floats,
    "LeanAcross 0.3": affine(shear=(degrees(0.3), 0.0), center=[0, 0]),
    "LeanDown -0.25": affine(shear=(0.0, degrees(-0.25)), center=[0, 0]),
    "MoveAcross 3": affine(translate=(3, 0)),
    "MoveDown -2": affine(translate=(0, -2)),
    "Turn 30": F.rotate(floats, 30.0, bilinear),
    "Brighten 0.5": F.adjust_brightness(floats, 1.5),
    "Brighten -0.4": F.adjust_brightness(floats, 0.6),
    "Colour 0.9": F.adjust_saturation(floats, 1.9),
    "Colour -0.7": F.adjust_saturation(floats, 0.3),
    "Contrast 0.6": F.adjust_contrast(floats, 1.6),
    "Contrast -0.6": F.adjust_contrast(floats, 0.4),
    "Sharpen 0.8": F.adjust_sharpness(floats, 1.8),
    "Sharpen -0.9": F.adjust_sharpness(floats, 0.1),
    "Posterise 3": F.posterize(bytes_, 3).float() / 255,
    "Posterise 7": F.posterize(bytes_, 7).float() / 255,
    "Solarise 0.45": F.solarize(floats, 0.45),
    "Stretch 0": F.autocontrast(floats),
    "Equalise 0": F.equalize(bytes_).float() / 255,
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "made", "operations.json"), "w") as file:
    json.dump({name: [round(v, 5) for v in t.flatten().tolist()] for name, t in made.items()}, file)
