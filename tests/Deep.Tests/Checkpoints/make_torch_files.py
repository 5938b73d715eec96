"""Writes the small files that the tests of Kaggle.Deep.Checkpoints read, in both formats of torch.save (PyTorch 1.13.1)."""
import argparse, collections, os, sys
import torch

out = sys.argv[1]
base = torch.arange(12, dtype=torch.float32)
state = collections.OrderedDict()
state["weight"] = base.view(3, 4)
state["transposed"] = base.view(3, 4).t()          # strides (1, 4), the same storage
state["tail"] = base[8:]                           # an offset, the same storage
state["half"] = torch.tensor([1.5, -2], dtype=torch.float16)
state["brain"] = torch.tensor([1.5, -2], dtype=torch.bfloat16)
state["double"] = torch.tensor([0.1], dtype=torch.float64)
state["steps"] = torch.tensor(7)                   # int64, no dimensions
state["mask"] = torch.tensor([True, False])
state["bytes"] = torch.tensor([1, 255], dtype=torch.uint8)
state["empty"] = torch.zeros(0, 4)
state["parameter"] = torch.nn.Parameter(torch.tensor([3.0]))
state._metadata = collections.OrderedDict({"": {"version": 1}})

torch.save(state, os.path.join(out, "state.pt"))
torch.save(state, os.path.join(out, "state-old.pt"), _use_new_zipfile_serialization=False)
training = {"epoch": 3, "best": 0.5, "arch": "tiny", "args": argparse.Namespace(lr=0.1), "state_dict": {"module.weight": torch.ones(2)},
            "optimizer": {"state": {0: {"momentum_buffer": torch.zeros(2)}}, "param_groups": [{"lr": 0.1, "params": [0]}]}}
torch.save(training, os.path.join(out, "training.pt"))
torch.save(training, os.path.join(out, "training-old.pt"), _use_new_zipfile_serialization=False)
torch.save(torch.nn.Linear(1, 1), os.path.join(out, "module.pt"))
torch.jit.script(torch.nn.Linear(1, 1)).save(os.path.join(out, "script.pt"))
