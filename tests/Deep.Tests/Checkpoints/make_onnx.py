"""Writes small.onnx: a convolution, ReLU, mean over the maps and a linear layer, exported by PyTorch 1.13.1."""
import sys, torch

class Small(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(3, 2, 3, padding=1)
        self.fc = torch.nn.Linear(2, 2)

    def forward(self, x):
        return self.fc(torch.relu(self.conv(x)).mean((2, 3)))

net = Small()
state = net.state_dict()
for k, v in state.items():
    v.copy_(torch.arange(v.numel(), dtype=torch.float32).view(v.shape) / 10 - 1 + len(k) / 100)
torch.onnx.export(net, torch.zeros(1, 3, 8, 8), sys.argv[1], input_names=["pictures"], output_names=["logits"], dynamic_axes={"pictures": {0: "batch", 2: "height", 3: "width"}, "logits": {0: "batch"}})
print(net(torch.arange(2 * 3 * 4 * 4, dtype=torch.float32).view(2, 3, 4, 4) / 100).tolist())
