"""The networks of Mlp and TabM in eager PyTorch, trained over resident tensors: seconds of an epoch. Arguments: device, precision, epochs."""
import sys
import time

import torch
from torch import nn

device, precision, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3])
ROWS, COLUMNS, BINS, WIDTH, MEMBERS = 200_000, 30, 48, 16, 32


class PiecewiseLinear(nn.Module):
    """A linear map of each number, and slopes that change at its quantiles."""

    def __init__(self, x):
        super().__init__()
        edges = torch.quantile(x[:20_000], torch.linspace(0, 1, BINS + 1), dim=0).T.contiguous()
        self.register_buffer("low", edges[:, :-1])
        self.register_buffer("length", edges[:, 1:] - edges[:, :-1])
        least, most = torch.zeros(BINS), torch.ones(BINS)
        least[0], most[-1] = -float("inf"), float("inf")
        self.register_buffer("least", least)
        self.register_buffer("most", most)
        self.linear = nn.Parameter(torch.empty(COLUMNS, WIDTH).uniform_(-WIDTH**-0.5, WIDTH**-0.5))
        self.bias = nn.Parameter(torch.empty(COLUMNS, WIDTH).uniform_(-WIDTH**-0.5, WIDTH**-0.5))
        self.weight = nn.Parameter(torch.zeros(COLUMNS, BINS, WIDTH))

    def forward(self, x):
        x = x.unsqueeze(2)
        code = torch.maximum(torch.minimum((x - self.low) / self.length, self.most), self.least)
        return (x * self.linear + self.bias + torch.einsum("bfn,fnd->bfd", code, self.weight)).flatten(1)


class TabMMini(nn.Module):
    def __init__(self, x):
        super().__init__()
        self.numbers = PiecewiseLinear(x)
        self.scale = nn.Parameter(torch.randn(MEMBERS, COLUMNS).repeat_interleave(WIDTH, 1))
        self.body = nn.Sequential(nn.Linear(COLUMNS * WIDTH, 256), nn.ReLU(), nn.Dropout(0.1), nn.Linear(256, 256), nn.ReLU(), nn.Dropout(0.1))
        self.head = nn.Parameter(torch.empty(MEMBERS, 256, 1).uniform_(-1 / 16, 1 / 16))
        self.head_bias = nn.Parameter(torch.zeros(MEMBERS, 1))

    def forward(self, x):
        x = self.body(self.numbers(x).unsqueeze(1) * self.scale)
        return (torch.einsum("bki,kio->bko", x, self.head) + self.head_bias).squeeze(2)


def mlp(_):
    return nn.Sequential(
        nn.BatchNorm1d(COLUMNS),
        nn.Linear(COLUMNS, 200, bias=False), nn.ReLU(), nn.BatchNorm1d(200),
        nn.Linear(200, 100, bias=False), nn.ReLU(), nn.BatchNorm1d(100),
        nn.Linear(100, 1))


def wait():
    if device.startswith("cuda"):
        torch.cuda.synchronize()


def epoch(network, optimizer, x, y, batch):
    network.train()
    order = torch.randperm(len(x), device=device)
    for start in range(0, len(x) - batch + 1, batch):
        rows = order[start : start + batch]
        with torch.autocast(device.split(":")[0], torch.bfloat16, enabled=precision == "bfloat16"):
            said = network(x[rows])
        loss = nn.functional.binary_cross_entropy_with_logits(said.float(), y[rows].expand(-1, said.shape[1]))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()


torch.manual_seed(1)
torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
for name, build, batch, rows in (("Mlp", mlp, 1024, ROWS), ("TabM", TabMMini, 256, 20_480)):
    x = torch.randn(rows, COLUMNS)
    y = (x[:, :1] + x[:, 1:2] * x[:, 2:3] > 0).float()
    network = build(x).to(device)
    x, y = x.to(device), y.to(device)
    fused = {"fused": True} if device.startswith("cuda") else {}
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3, weight_decay=0.01, **fused)
    epoch(network, optimizer, x, y, batch)
    wait()
    times = []
    for _ in range(epochs):
        begun = time.perf_counter()
        epoch(network, optimizer, x, y, batch)
        wait()
        times.append(time.perf_counter() - begun)
    print(f"{name} {sorted(times)[len(times) // 2]:.4f} {min(times):.4f}")
