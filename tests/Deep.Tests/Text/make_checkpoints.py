"""Makes tiny encoders with random weights in the published file format, and what they say of two texts, worked out here in NumPy from the papers' formulas.

    python3 tests/Deep.Tests/Text/make_checkpoints.py      writes tests/Deep.Tests/Text/checkpoints/<model>/{config.json,model.safetensors,expected.json}
"""
import json, math, os, struct
import numpy as np

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "checkpoints")
V, H, L, A, F, P, E = 40, 16, 2, 4, 24, 20, 8
random = np.random.RandomState(11)
draw = lambda *shape: (random.randn(*shape) * 0.3).astype("float32")
tokens = np.array([[2, 7, 9, 31, 3, 5, 3], [2, 12, 4, 3, 0, 0, 0]])
types = np.array([[0, 0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 0, 0, 0]])
mask = np.array([[1] * 7, [1, 1, 1, 1, 0, 0, 0]], bool)
erf = np.vectorize(math.erf)
gelu = lambda x: x * 0.5 * (1 + erf(x / math.sqrt(2)))


def norm(x, w, name, eps):
    mean, var = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    return (x - mean) / np.sqrt(var + eps) * w[name + ".weight"] + w[name + ".bias"]


def dense(x, w, name):
    return x @ w[name + ".weight"].astype("float64").T + w[name + ".bias"]


def attend(q, k, v, seen):
    heads = lambda x: x.reshape(*x.shape[:2], A, H // A).transpose(0, 2, 1, 3)
    scores = heads(q) @ heads(k).transpose(0, 1, 3, 2) / math.sqrt(H // A)
    scores = np.where(seen[:, None, None, :], scores, -np.inf)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    return (weights @ heads(v)).transpose(0, 2, 1, 3).reshape(q.shape)


def linear(w, name, inputs, outputs):
    w[name + ".weight"], w[name + ".bias"] = draw(outputs, inputs), draw(outputs)


def layer_norm(w, name, width):
    w[name + ".weight"], w[name + ".bias"] = 1 + draw(width), draw(width)


def bert(kind, eps):
    w, width = {}, E if kind == "electra" else H
    for name, rows in ("word", V), ("position", P), ("token_type", 1 if kind == "roberta" else 2):
        w[f"embeddings.{name}_embeddings.weight"] = draw(rows, width)
    layer_norm(w, "embeddings.LayerNorm", width)
    if width != H:
        linear(w, "embeddings_project", width, H)
    for i in range(L):
        at = f"encoder.layer.{i}."
        for name in "query", "key", "value":
            linear(w, at + "attention.self." + name, H, H)
        linear(w, at + "attention.output.dense", H, H)
        layer_norm(w, at + "attention.output.LayerNorm", H)
        linear(w, at + "intermediate.dense", H, F)
        linear(w, at + "output.dense", F, H)
        layer_norm(w, at + "output.LayerNorm", H)
    ids, seen = tokens, mask
    place = np.arange(ids.shape[1])[None].repeat(2, 0)
    if kind == "roberta":                                       # padding is 1, positions count from 2
        ids = np.where(mask, tokens + 4, 1)
        place = np.cumsum(ids != 1, 1) * (ids != 1) + 1
    kinds = types * (kind != "roberta")
    x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][place] + w["embeddings.token_type_embeddings.weight"][kinds]
    x = norm(x.astype("float64"), w, "embeddings.LayerNorm", eps)
    if width != H:
        x = dense(x, w, "embeddings_project")
    for i in range(L):
        at = f"encoder.layer.{i}."
        mixed = attend(*(dense(x, w, at + "attention.self." + n) for n in ("query", "key", "value")), seen)
        x = norm(x + dense(mixed, w, at + "attention.output.dense"), w, at + "attention.output.LayerNorm", eps)
        x = norm(x + dense(gelu(dense(x, w, at + "intermediate.dense")), w, at + "output.dense"), w, at + "output.LayerNorm", eps)
    config = {"model_type": kind, "vocab_size": V, "hidden_size": H, "num_hidden_layers": L, "num_attention_heads": A, "intermediate_size": F,
              "max_position_embeddings": P, "type_vocab_size": 1 if kind == "roberta" else 2, "layer_norm_eps": eps, "hidden_act": "gelu",
              "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1, "pad_token_id": 1 if kind == "roberta" else 0}
    if kind == "electra":
        config["embedding_size"] = E
    stored = {f"{kind}.{name}": value for name, value in w.items()}
    stored["cls.predictions.bias"] = draw(V)                    # a head of the training before: to be passed over
    asked = None
    if kind == "bert":                                          # a whole one, for hidden words: tokens, where they are asked for, and the mean loss
        other = np.random.RandomState(12)
        head = {"dense.weight": other.randn(H, H) * 0.3, "dense.bias": other.randn(H) * 0.3, "LayerNorm.weight": 1 + other.randn(H) * 0.3, "LayerNorm.bias": other.randn(H) * 0.3}
        stored |= {"cls.predictions.transform." + name: value.astype("float32") for name, value in head.items()}
        places = [(0, 1, 8), (0, 5, 5), (1, 2, 30)]             # text, token, what stood there
        guessed = np.stack([x[b, j] for b, j, _ in places])
        guessed = norm(gelu(dense(guessed, head, "dense")), head, "LayerNorm", eps) @ w["embeddings.word_embeddings.weight"].T + stored["cls.predictions.bias"]
        chances = np.exp(guessed - guessed.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        asked = {"places": places, "loss": float(-np.mean([np.log(chances[i, t]) for i, (_, _, t) in enumerate(places)]))}
    if kind == "bert":                                          # old files write a norm's weight and bias so
        stored = {n.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): v for n, v in stored.items()}
    write(kind, config, stored, ids, kinds, x, asked)


def distilbert():
    w = {"embeddings.word_embeddings.weight": draw(V, H), "embeddings.position_embeddings.weight": draw(P, H)}
    layer_norm(w, "embeddings.LayerNorm", H)
    for i in range(L):
        at = f"transformer.layer.{i}."
        for name in "q_lin", "k_lin", "v_lin", "out_lin":
            linear(w, at + "attention." + name, H, H)
        layer_norm(w, at + "sa_layer_norm", H)
        linear(w, at + "ffn.lin1", H, F)
        linear(w, at + "ffn.lin2", F, H)
        layer_norm(w, at + "output_layer_norm", H)
    x = w["embeddings.word_embeddings.weight"][tokens] + w["embeddings.position_embeddings.weight"][np.arange(tokens.shape[1])][None]
    x = norm(x.astype("float64"), w, "embeddings.LayerNorm", 1e-12)
    for i in range(L):
        at = f"transformer.layer.{i}."
        mixed = attend(*(dense(x, w, at + "attention." + n) for n in ("q_lin", "k_lin", "v_lin")), mask)
        x = norm(x + dense(mixed, w, at + "attention.out_lin"), w, at + "sa_layer_norm", 1e-12)
        x = norm(x + dense(gelu(dense(x, w, at + "ffn.lin1")), w, at + "ffn.lin2"), w, at + "output_layer_norm", 1e-12)
    config = {"model_type": "distilbert", "vocab_size": V, "dim": H, "n_layers": L, "n_heads": A, "hidden_dim": F, "max_position_embeddings": P,
              "dropout": 0.1, "attention_dropout": 0.1, "activation": "gelu", "pad_token_id": 0}
    write("distilbert", config, {"distilbert." + n: v for n, v in w.items()}, tokens, types, x)


def deberta():
    """arXiv 2006.03654, eq. 4, pair by pair; the log buckets of the published code."""
    buckets, eps = 8, 1e-7
    w = {"embeddings.word_embeddings.weight": draw(V, H), "encoder.rel_embeddings.weight": draw(2 * buckets, H)}
    layer_norm(w, "embeddings.LayerNorm", H)
    layer_norm(w, "encoder.LayerNorm", H)
    for i in range(L):
        at = f"encoder.layer.{i}."
        for name in "query_proj", "key_proj", "value_proj":
            linear(w, at + "attention.self." + name, H, H)
        linear(w, at + "attention.output.dense", H, H)
        layer_norm(w, at + "attention.output.LayerNorm", H)
        linear(w, at + "intermediate.dense", H, F)
        linear(w, at + "output.dense", F, H)
        layer_norm(w, at + "output.LayerNorm", H)

    def row(distance):
        half, far = buckets // 2, abs(distance)
        if far > half:
            far = math.ceil(math.log(far / half) / math.log((P - 1) / half) * (half - 1)) + half
        return min(max(int(math.copysign(far, distance)) + buckets, 0), 2 * buckets - 1)

    places = norm(w["encoder.rel_embeddings.weight"].astype("float64"), w, "encoder.LayerNorm", eps)
    x = norm(w["embeddings.word_embeddings.weight"][tokens].astype("float64"), w, "embeddings.LayerNorm", eps)
    width = H // A
    for n in range(L):
        at = f"encoder.layer.{n}."
        q, k, v = (dense(x, w, at + "attention.self." + p) for p in ("query_proj", "key_proj", "value_proj"))
        pq, pk = (dense(places, w, at + "attention.self." + p) for p in ("query_proj", "key_proj"))
        mixed = np.zeros_like(x)
        for b in range(x.shape[0]):
            for h in range(A):
                own = slice(h * width, (h + 1) * width)
                for i in range(x.shape[1]):
                    seen = [j for j in range(x.shape[1]) if mask[b, j]]
                    scores = np.array([q[b, i, own] @ k[b, j, own] + q[b, i, own] @ pk[row(i - j), own] + k[b, j, own] @ pq[row(i - j), own] for j in seen]) / math.sqrt(3 * width)
                    chances = np.exp(scores - scores.max())
                    mixed[b, i, own] = (chances / chances.sum()) @ v[b, seen][:, own]
        x = norm(x + dense(mixed, w, at + "attention.output.dense"), w, at + "attention.output.LayerNorm", eps)
        x = norm(x + dense(gelu(dense(x, w, at + "intermediate.dense")), w, at + "output.dense"), w, at + "output.LayerNorm", eps)
    config = {"model_type": "deberta-v2", "vocab_size": V, "hidden_size": H, "num_hidden_layers": L, "num_attention_heads": A, "intermediate_size": F,
              "max_position_embeddings": P, "type_vocab_size": 0, "layer_norm_eps": eps, "hidden_act": "gelu", "hidden_dropout_prob": 0.1,
              "attention_probs_dropout_prob": 0.1, "pad_token_id": 0, "relative_attention": True, "position_buckets": buckets, "norm_rel_ebd": "layer_norm",
              "share_att_key": True, "pos_att_type": "p2c|c2p", "max_relative_positions": -1, "position_biased_input": False}
    stored = {"deberta." + n: v for n, v in w.items()}
    stored["mask_predictions.dense.weight"] = draw(H, H)        # of the training before
    write("deberta", config, stored, tokens, types, x)


def write(kind, config, stored, ids, kinds, x, asked=None):
    folder = os.path.join(here, kind)
    os.makedirs(folder, exist_ok=True)
    json.dump(config, open(os.path.join(folder, "config.json"), "w"), indent=1)
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, value in stored.items():
        raw = value.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with open(os.path.join(folder, "model.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head + data)
    json.dump({"tokens": ids.tolist(), "types": kinds.tolist(), "mask": mask.tolist(), "output": [[round(float(v), 6) for v in row] for row in x[mask]]}
              | ({"asked": asked} if asked else {}),
              open(os.path.join(folder, "expected.json"), "w"))


for kind, eps in ("bert", 1e-12), ("roberta", 1e-5), ("electra", 1e-12):
    bert(kind, eps)
distilbert()
deberta()
