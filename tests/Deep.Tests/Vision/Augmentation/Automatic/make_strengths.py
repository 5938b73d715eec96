"""Makes ../../made/strengths.json: the strengths of torchvision's two policies at each level. Needs torchvision 0.12 or later."""
import json, os
from torchvision.transforms import autoaugment

OURS = {
    "Identity": "Nothing", "ShearX": "LeanAcross", "ShearY": "LeanDown", "TranslateX": "MoveAcross", "TranslateY": "MoveDown", "Rotate": "Turn", "Brightness": "Brighten",
    "Color": "Colour", "Contrast": "Contrast", "Sharpness": "Sharpen", "Posterize": "Posterise", "Solarize": "Solarise", "AutoContrast": "Stretch", "Equalize": "Equalise",
}


def table(space):
    made = {}
    for name, (strengths, _) in space.items():
        values = [float(v) for v in strengths] if strengths.ndim else [0.0] * 31
        if name == "Solarize":
            values = [v / 255 for v in values]
        made[OURS[name]] = [round(v, 5) for v in values]
    return made


made = {
    "RandAugment": table(autoaugment.RandAugment()._augmentation_space(31, (331, 331))),
    "TrivialAugmentWide": table(autoaugment.TrivialAugmentWide()._augmentation_space(31)),
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "made", "strengths.json"), "w") as file:
    json.dump(made, file)
