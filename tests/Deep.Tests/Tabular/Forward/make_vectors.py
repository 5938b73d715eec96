"""Forward passes worked out in NumPy, double precision, from the papers' formulas: writes vectors.json (small nets, their weights, inputs, outputs)."""
import json
import math

import numpy as np

draw = np.random.RandomState(7)


def some(*shape, around=0.0):
    return np.round(around + 0.6 * draw.standard_normal(shape), 3)


NUMBERS = some(5, 3)                         # two numbers and an indicator
CODES = np.array([[0, 1], [2, 0], [1, 3], [2, 2], [0, 0]])
LEVELS = [3, 4]

relu = lambda x: np.maximum(x, 0)
linear = lambda x, w, b=0.0: x @ w.T + b


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def batch_norm(w, name, x):
    return (x - w[name + ".running_mean"]) / np.sqrt(w[name + ".running_var"] + 1e-5) * w[name + ".weight"] + w[name + ".bias"]


def layer_norm(w, name, x):
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred ** 2).mean(-1, keepdims=True) + 1e-5) * w[name + ".weight"] + w[name + ".bias"]


def norm_weights(name, width, batch=True):
    w = {name + ".weight": some(width, around=1), name + ".bias": some(width)}
    if batch:
        w |= {name + ".running_mean": some(width), name + ".running_var": np.abs(some(width, around=1)) + 0.1}
    return w


def dense_weights(name, inputs, outputs, bias=True):
    return {name + ".weight": some(outputs, inputs)} | ({name + ".bias": some(outputs)} if bias else {})


def entity_weights(name, width):
    return {f"{name}.tables.{i}": some(n, width(n)) for i, n in enumerate(LEVELS)}


def entities(w, name):
    return np.concatenate([w[f"{name}.tables.{i}"][CODES[:, i]] for i in range(len(LEVELS))], 1)


def fastai_width(n):
    return min(600, round(1.6 * n ** 0.56))


EDGES = [[-0.5, 0.0, 0.7], [-1.0, 0.2]]      # the second number has one bin less


def bins_of(name, bins):
    scale, shift, least, most = (np.zeros((2, bins)) for _ in range(4))
    for f, edges in enumerate(EDGES):
        for b in range(len(edges) - 1):
            scale[f, b] = 1 / (edges[b + 1] - edges[b])
            shift[f, b] = -edges[b] * scale[f, b]
            least[f, b] = -1e30 if b == 0 else 0
            most[f, b] = 1e30 if b == len(edges) - 2 else 1
    return {name + ".bin_scale": scale, name + ".bin_shift": shift, name + ".bin_least": least, name + ".bin_most": most}


def piecewise_weights(name, bins, width):
    return {name + ".linear_weight": some(2, width), name + ".linear_bias": some(2, width), name + ".weight": some(2, bins, width)} | bins_of(name, bins)


def piecewise(w, name):
    """Each number linear, plus the code of Gorishniy et al. 2022, eq. 1, times weights."""
    parts = []
    for f, edges in enumerate(EDGES):
        x = NUMBERS[:, f]
        code = np.stack([(x - a) / (b - a) for a, b in zip(edges, edges[1:])], 1)
        for b in range(code.shape[1]):
            if b > 0:
                code[:, b] = np.maximum(code[:, b], 0)
            if b < code.shape[1] - 1:
                code[:, b] = np.minimum(code[:, b], 1)
        parts.append(np.outer(x, w[name + ".linear_weight"][f]) + w[name + ".linear_bias"][f] + code @ w[name + ".weight"][f, : code.shape[1]])
    return np.concatenate(parts, 1)


def mlp():
    entity = sum(map(fastai_width, LEVELS))
    w = entity_weights("embeds", fastai_width) | norm_weights("bn_cont", 3) | piecewise_weights("num_module", 2, 3)
    w |= dense_weights("layers.0", entity + 3 + 6, 5, bias=False) | norm_weights("layers.1", 5) | dense_weights("layers.2", 5, 2)
    x = np.concatenate([entities(w, "embeds"), batch_norm(w, "bn_cont", NUMBERS), piecewise(w, "num_module")], 1)
    x = batch_norm(w, "layers.1", relu(linear(x, w["layers.0.weight"])))
    return w, linear(x, w["layers.2.weight"], w["layers.2.bias"])


def tabm(full):
    members, entity = 3, sum(map(fastai_width, LEVELS))
    inputs = 2 * 3 + 1 + entity
    w = piecewise_weights("num_module", 2, 3) | entity_weights("cat_module", fastai_width)
    widths = [inputs, 5, 4]
    if not full:
        w["affine"] = some(members, inputs)
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        if full:
            w |= {f"blocks.{i}.weight": some(b, a), f"blocks.{i}.r": some(members, a, around=1), f"blocks.{i}.s": some(members, b, around=1), f"blocks.{i}.bias": some(members, b)}
        else:
            w |= dense_weights(f"blocks.{i}", a, b)
    w |= {"output.weight": some(members, 4, 2), "output.bias": some(members, 2)}
    x = np.concatenate([piecewise(w, "num_module"), NUMBERS[:, 2:], entities(w, "cat_module")], 1)
    said = []
    for m in range(members):
        h = x if full else x * w["affine"][m]
        for i in range(2):
            if full:
                h = linear(h * w[f"blocks.{i}.r"][m], w[f"blocks.{i}.weight"]) * w[f"blocks.{i}.s"][m] + w[f"blocks.{i}.bias"][m]
            else:
                h = linear(h, w[f"blocks.{i}.weight"], w[f"blocks.{i}.bias"])
            h = relu(h)
        said.append(h @ w["output.weight"][m] + w["output.bias"][m])
    return w, np.stack(said, 1)


def realmlp(mish):
    inputs = 4 * 2 + 1 + 2 * 8
    w = {"numbers_embedding.frequencies": some(2, 16), "numbers_embedding.phases": some(2, 16), "numbers_embedding.weight": some(2, 16, 3), "numbers_embedding.bias": some(2, 3)}
    w |= entity_weights("categories_embedding", lambda n: 8) | {"scale": some(inputs, around=1)}
    widths = [inputs, 5, 4, 2]
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        w |= {f"dense.{i}.weight": some(a, b), f"dense.{i}.bias": some(b)}
    for i in range(2):
        w[f"activations.{i}.share"] = some(widths[i + 1], around=1)
    parts = []
    for f in range(2):
        waves = np.cos(2 * math.pi * np.outer(NUMBERS[:, f], w["numbers_embedding.frequencies"][f]) + w["numbers_embedding.phases"][f])
        parts += [NUMBERS[:, f: f + 1], waves @ w["numbers_embedding.weight"][f] + w["numbers_embedding.bias"][f]]
    x = np.concatenate(parts + [NUMBERS[:, 2:], entities(w, "categories_embedding")], 1) * w["scale"]
    selu = lambda v: 1.0507009873554805 * np.where(v > 0, v, 1.6732632423543772 * (np.exp(v) - 1))
    act = (lambda v: v * np.tanh(np.log1p(np.exp(v)))) if mish else selu
    for i in range(3):
        x = x @ w[f"dense.{i}.weight"] / math.sqrt(widths[i]) + w[f"dense.{i}.bias"]
        if i < 2:
            x = x + w[f"activations.{i}.share"] * (act(x) - x)
    return w, x


def resnet():
    entity = sum(map(fastai_width, LEVELS))
    w = entity_weights("embeds", fastai_width) | piecewise_weights("num_module", 2, 3) | dense_weights("first", 3 + 6 + entity, 4)
    for i in range(2):
        w |= norm_weights(f"norms.{i}", 4) | dense_weights(f"widen.{i}", 4, 8) | dense_weights(f"narrow.{i}", 8, 4)
    w |= norm_weights("last_norm", 4) | dense_weights("head", 4, 2)
    x = linear(np.concatenate([NUMBERS, piecewise(w, "num_module"), entities(w, "embeds")], 1), w["first.weight"], w["first.bias"])
    for i in range(2):
        h = relu(linear(batch_norm(w, f"norms.{i}", x), w[f"widen.{i}.weight"], w[f"widen.{i}.bias"]))
        x = x + linear(h, w[f"narrow.{i}.weight"], w[f"narrow.{i}.bias"])
    return w, linear(relu(batch_norm(w, "last_norm", x)), w["head.weight"], w["head.bias"])


def ft_transformer():
    d, heads, layers, inner = 6, 2, 2, 8
    w = {"tokenizer.weight": some(4, d), "tokenizer.bias": some(5, d), "tokenizer.level_vectors": some(sum(LEVELS), d), "tokenizer.level_offsets": np.array([0, 3])}
    for i in range(layers):
        for part in ("query", "key", "value", "mix"):
            w |= dense_weights(f"attention.{i}.{part}", d, d)
        w |= dense_weights(f"widen.{i}", d, 2 * inner) | dense_weights(f"narrow.{i}", inner, d) | norm_weights(f"dense_norms.{i}", d, batch=False)
    w |= norm_weights("attention_norms.0", d, batch=False) | norm_weights("last_norm", d, batch=False) | dense_weights("head", d, 2)
    said = []
    for row in range(len(NUMBERS)):                      # a row at a time, a head at a time
        tokens = [w["tokenizer.weight"][0]]
        tokens += [NUMBERS[row, f] * w["tokenizer.weight"][1 + f] + w["tokenizer.bias"][f] for f in range(3)]
        tokens += [w["tokenizer.level_vectors"][[0, 3][c] + CODES[row, c]] + w["tokenizer.bias"][3 + c] for c in range(2)]
        x = np.stack(tokens)
        for i in range(layers):
            seen = x if i == 0 else layer_norm(w, "attention_norms.0", x)
            q, k, v = (linear(seen, w[f"attention.{i}.{p}.weight"], w[f"attention.{i}.{p}.bias"]) for p in ("query", "key", "value"))
            mixed = np.zeros_like(seen)
            for h in range(heads):
                part = slice(h * d // heads, (h + 1) * d // heads)
                mixed[:, part] = softmax(q[:, part] @ k[:, part].T / math.sqrt(d // heads)) @ v[:, part]
            x = x + linear(mixed, w[f"attention.{i}.mix.weight"], w[f"attention.{i}.mix.bias"])
            both = linear(layer_norm(w, f"dense_norms.{i}", x), w[f"widen.{i}.weight"], w[f"widen.{i}.bias"])
            x = x + linear(both[:, :inner] * relu(both[:, inner:]), w[f"narrow.{i}.weight"], w[f"narrow.{i}.bias"])
        said.append(linear(relu(layer_norm(w, "last_norm", x[0])), w["head.weight"], w["head.bias"]))
    return w, np.stack(said)


def modern_nca(variant, outputs):
    kept, width, space, votes = 6, 3, 4, 1 if variant == "quantiles" else outputs
    w = {"num_embeddings.frequencies": some(2, 5)} | dense_weights("num_embeddings.linear", 10, width) | entity_weights("cat_embeddings", fastai_width)
    w |= dense_weights("encoder", 2 * width + 1 + sum(map(fastai_width, LEVELS)), space)
    w |= norm_weights("norms.0", space) | dense_weights("widen.0", space, 5) | dense_weights("narrow.0", 5, space) | norm_weights("last_norm", space)
    w |= {"kept_numbers": some(kept, 3), "kept_codes": np.array([[0, 0], [1, 1], [2, 3], [0, 2], [1, 1], [2, 0]])}
    w["kept_votes"] = np.eye(outputs)[[0, 1, 2, 2, 1, 0]] if variant == "classes" else np.array([[0.0], [1], [1], [0], [1], [0]]) if variant == "chances" else some(kept, votes)
    if variant == "quantiles":
        w["spread"] = some(outputs)

    def place(numbers, codes):
        parts = []
        for f in range(2):
            turns = 2 * math.pi * np.outer(numbers[:, f], w["num_embeddings.frequencies"][f])
            parts.append(relu(linear(np.concatenate([np.cos(turns), np.sin(turns)], 1), w["num_embeddings.linear.weight"], w["num_embeddings.linear.bias"])))
        levels = [w[f"cat_embeddings.tables.{i}"][codes[:, i]] for i in range(2)]
        x = linear(np.concatenate(parts + [numbers[:, 2:]] + levels, 1), w["encoder.weight"], w["encoder.bias"])
        x = linear(relu(linear(batch_norm(w, "norms.0", x), w["widen.0.weight"], w["widen.0.bias"])), w["narrow.0.weight"], w["narrow.0.bias"])
        return batch_norm(w, "last_norm", x)

    x, keys = place(NUMBERS, CODES), place(w["kept_numbers"], w["kept_codes"])
    shares = softmax(-np.sqrt(((x[:, None] - keys[None]) ** 2).sum(-1)) / 0.7)
    vote = shares @ w["kept_votes"]
    if variant == "classes":
        return w, np.log(vote + 1e-7)
    if variant == "chances":
        return w, np.log((vote + 1e-7) / (1 - vote + 1e-7))
    if variant == "quantiles":
        deviation = np.sqrt((shares * (w["kept_votes"][:, 0][None] - vote) ** 2).sum(1, keepdims=True))
        return w, vote + deviation * w["spread"]
    return w, vote


CASES = {
    "mlp": mlp(), "tabm mini": tabm(full=False), "tabm full": tabm(full=True), "realmlp selu": realmlp(mish=False), "realmlp mish": realmlp(mish=True),
    "resnet": resnet(), "ft-transformer": ft_transformer(), "modernnca numbers": modern_nca("numbers", 2), "modernnca classes": modern_nca("classes", 3),
    "modernnca chances": modern_nca("chances", 1), "modernnca quantiles": modern_nca("quantiles", 3),
}


def written(x):
    return {"shape": list(x.shape), "values": [round(float(v), 7) for v in np.asarray(x).ravel()]}


if __name__ == "__main__":
    vectors = {"numbers": written(NUMBERS), "codes": written(CODES), "nets": {n: {"weights": {k: written(v) for k, v in w.items()}, "output": written(y)} for n, (w, y) in CASES.items()}}
    with open(__file__.replace("make_vectors.py", "vectors.json"), "w") as file:
        json.dump(vectors, file, separators=(",", ":"))
