"""Makes a tiny AWD-LSTM with random weights under fastai's names, and what it says of two lines of words, worked out here in NumPy from the LSTM's formulas.

    python3 tests/Deep.Tests/Text/LanguageModels/make_language_model.py      writes checkpoint/{model.safetensors,words.txt,expected.json} beside it
"""
import json, os, struct
import numpy as np

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "checkpoint")
words = ["xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj", "fire", "flood", "the", "in", "town", "is", "no"]
V, E, H, L = len(words), 6, 8, 3
random = np.random.RandomState(3)
draw = lambda *shape: (random.randn(*shape) * 0.4).astype("float32")
sigmoid = lambda x: 1 / (1 + np.exp(-x))
w = {"0.encoder.weight": draw(V, E)}
w["0.encoder_dp.emb.weight"] = w["1.decoder.weight"] = w["0.encoder.weight"]
w["1.decoder.bias"] = draw(V)
for i in range(L):
    inputs, hidden = E if i == 0 else H, E if i == L - 1 else H
    w[f"0.rnns.{i}.weight_hh_l0_raw"] = draw(4 * hidden, hidden)
    w[f"0.rnns.{i}.module.weight_ih_l0"] = draw(4 * hidden, inputs)
    w[f"0.rnns.{i}.module.weight_hh_l0"] = w[f"0.rnns.{i}.weight_hh_l0_raw"] * 0          # what dropout left of it once: not to be read
    w[f"0.rnns.{i}.module.bias_ih_l0"], w[f"0.rnns.{i}.module.bias_hh_l0"] = draw(4 * hidden), draw(4 * hidden)
lines = np.array([[2, 11, 9, 14, 12, 11, 13], [2, 15, 10, 12, 13, 8, 9]])
x = w["0.encoder.weight"][lines].astype("float64")
for i in range(L):
    hidden = w[f"0.rnns.{i}.weight_hh_l0_raw"].shape[1]
    h, c, out = np.zeros((2, hidden)), np.zeros((2, hidden)), []
    for t in range(lines.shape[1]):
        gates = (x[:, t] @ w[f"0.rnns.{i}.module.weight_ih_l0"].T + w[f"0.rnns.{i}.module.bias_ih_l0"]
                 + h @ w[f"0.rnns.{i}.weight_hh_l0_raw"].T + w[f"0.rnns.{i}.module.bias_hh_l0"])
        enter, forget, cell, leave = np.split(gates, 4, 1)
        c = sigmoid(forget) * c + sigmoid(enter) * np.tanh(cell)
        h = sigmoid(leave) * np.tanh(c)
        out.append(h)
    x = np.stack(out, 1)
logits = x @ w["1.decoder.weight"].T + w["1.decoder.bias"]

os.makedirs(here, exist_ok=True)
header, data = {}, b""
for name, value in w.items():
    raw = value.astype("<f4").tobytes()
    header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
head = json.dumps(header).encode()
head += b" " * (-len(head) % 8)
with open(os.path.join(here, "model.safetensors"), "wb") as file:
    file.write(struct.pack("<Q", len(head)) + head + data)
open(os.path.join(here, "words.txt"), "w").write("\n".join(words) + "\n")
json.dump({"lines": lines.tolist(), "logits": [[[round(float(v), 6) for v in step] for step in line] for line in logits]}, open(os.path.join(here, "expected.json"), "w"))
