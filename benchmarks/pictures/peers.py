"""Decode + resize + augment of a folder's JPEGs to 224 by Pillow (with draft) and torchvision, in worker processes: FOLDER WORKERS -> a line each."""
import glob, os, random, resource, sys, time
from multiprocessing import Pool

import torch
from PIL import Image, ImageEnhance
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms

SIDE, BATCH = 224, 64
files = sorted(f for f in glob.glob(os.path.join(sys.argv[1], "**", "*"), recursive=True) if f.lower().endswith((".jpg", ".jpeg")))
workers = int(sys.argv[2])


def pillow(name):
    image = Image.open(name)
    image.draft("RGB", (SIDE, SIDE))
    image = image.convert("RGB").resize((SIDE, SIDE), Image.BILINEAR)
    if random.random() < 0.5:
        image = image.transpose(Image.FLIP_LEFT_RIGHT)
    zoom, angle = random.uniform(1, 1.1), random.uniform(-0.17, 0.17)
    image = image.transform(image.size, Image.AFFINE, (1 / zoom, angle, -angle * SIDE / 2, -angle, 1 / zoom, angle * SIDE / 2), Image.BILINEAR)
    image = ImageEnhance.Brightness(image).enhance(random.uniform(0.8, 1.2))
    image = ImageEnhance.Contrast(image).enhance(random.uniform(0.8, 1.2))
    return len(image.tobytes())


augment = transforms.Compose([
    transforms.Resize((SIDE, SIDE)), transforms.RandomHorizontalFlip(), transforms.RandomAffine(10, scale=(1, 1.1), interpolation=transforms.InterpolationMode.BILINEAR),
    transforms.ColorJitter(0.2, 0.2), transforms.ToTensor()])


class Files(Dataset):
    def __len__(self):
        return len(files)

    def __getitem__(self, i):
        return augment(Image.open(files[i]).convert("RGB"))


def say(name, work):
    def cpu():
        return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    start, used = time.perf_counter(), cpu()
    work()
    took = time.perf_counter() - start
    print(f"{name:<48} {len(files) / took:8.0f} images/s ({took:.3f} s, of the processors {cpu() - used:.3f} s)", flush=True)


def all_by_pillow():
    with Pool(workers) as pool:
        sum(pool.imap_unordered(pillow, files, chunksize=16))


def all_by_torchvision():
    for _ in DataLoader(Files(), BATCH, num_workers=workers):
        pass


if __name__ == "__main__":
    torch.set_num_threads(1)
    say(f"Pillow with draft, {workers} processes", all_by_pillow)
    say(f"torchvision, {workers} workers", all_by_torchvision)
