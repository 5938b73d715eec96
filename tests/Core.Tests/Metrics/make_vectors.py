#!/usr/bin/python3
"""Writes vectors.json: small inputs and what scikit-learn 1.2.1 says of them.

Where scikit-learn has no such metric, the formula is written out here, apart from the C# code.
Run: python3 make_vectors.py > vectors.json
"""
import json
import warnings

import numpy as np
import sklearn
from scipy import stats
from sklearn import metrics as m

assert sklearn.__version__ == "1.2.1", sklearn.__version__
warnings.simplefilter("ignore")
rng = np.random.default_rng(20)
cases = []


def shortest(x):
    """The shortest decimal that float32 reads as x."""
    x = np.float32(x)
    return int(x) if x == int(x) else float(str(x))


def case(metric, why, truth, predicted, value, weights=None, groups=None):
    as_rows = lambda x: [[shortest(v) for v in row] for row in np.asarray(x, float).reshape(len(x), -1)]
    cases.append(dict(metric=metric, case=why, truth=as_rows(truth), predicted=as_rows(predicted),
                      weights=None if weights is None else [shortest(w) for w in weights],
                      groups=None if groups is None else [int(g) for g in groups], expected=float(value)))


def single(x, digits=3):
    """Numbers that float32 holds as they are here: the C# side computes from float32."""
    return np.asarray(np.round(x, digits), np.float32).astype(float)


n = 40
weights = single(rng.uniform(0.1, 3, n), 2)
weights[3] = 0

# Numbers
y = single(rng.gamma(2, 3, n), 2)
close = single(np.abs(y + rng.normal(0, 1.5, n)) + 0.01, 2)
y2, close2 = single(rng.normal(0, 2, (n, 2)), 2), None
close2 = single(y2 + rng.normal(0, 1, (n, 2)), 2)


def smape(t, p, w=None):
    return 100 * np.average(np.where((np.abs(t) + np.abs(p)) == 0, 0, 2 * np.abs(t - p) / np.where((np.abs(t) + np.abs(p)) == 0, 1, np.abs(t) + np.abs(p))), weights=w)


def pearson(t, p, w=None):
    c = np.cov(t, p, aweights=w)
    return c[0, 1] / np.sqrt(c[0, 0] * c[1, 1])


numbers = {
    "rmse": lambda t, p, w: m.mean_squared_error(t, p, sample_weight=w, squared=False),
    "mse": lambda t, p, w: m.mean_squared_error(t, p, sample_weight=w),
    "mae": lambda t, p, w: m.mean_absolute_error(t, p, sample_weight=w),
    "r2": lambda t, p, w: m.r2_score(t, p, sample_weight=w),
    "mape": lambda t, p, w: m.mean_absolute_percentage_error(t, p, sample_weight=w),
    "median-absolute-error": lambda t, p, w: m.median_absolute_error(t, p, sample_weight=w),
}
positive = {
    "rmsle": lambda t, p, w: m.mean_squared_log_error(t, p, sample_weight=w, squared=False),
    "rmse-of-logs": lambda t, p, w: m.mean_squared_error(np.log(t), np.log(p), sample_weight=w, squared=False),
    "poisson-deviance": lambda t, p, w: m.mean_poisson_deviance(t, p, sample_weight=w),
    "smape": smape,
    "pearson": pearson,
}
for name, of in {**numbers, **positive}.items():
    case(name, "plain", y, close, of(y, close, None))
    case(name, "weights", y, close, of(y, close, weights), weights)
    case(name, "one row of few", y[:3], close[:3], of(y[:3], close[:3], None))
for name in ["rmse", "mse", "mae", "r2"]:
    case(name, "two targets", y2, close2, numbers[name](y2, close2, None))
    case(name, "two targets, weights", y2, close2, numbers[name](y2, close2, weights), weights)
case("wmae", "weights", y, close, m.mean_absolute_error(y, close, sample_weight=weights), weights)
case("median-absolute-error", "odd rows", y[:7], close[:7], m.median_absolute_error(y[:7], close[:7]))
case("r2", "equal answers, missed", [2, 2, 2], [2, 2, 3], m.r2_score([2, 2, 2], [2, 2, 3]))
case("r2", "equal answers, met", [2, 2, 2], [2, 2, 2], m.r2_score([2, 2, 2], [2, 2, 2]))
case("mape", "an answer of 0", [0, 1], [1, 1], m.mean_absolute_percentage_error([0, 1], [1, 1]))
case("smape", "both 0", [0, 1, 2], [0, 2, 2], smape(np.array([0, 1, 2.0]), np.array([0, 2, 2.0])))
case("rmsle", "zeros", [0, 1, 5], [0, 0, 7], m.mean_squared_log_error([0, 1, 5], [0, 0, 7], squared=False))
case("poisson-deviance", "zeros", [0, 1, 5], [0.5, 1, 7], m.mean_poisson_deviance([0, 1, 5], [0.5, 1, 7]))
case("rmse", "large numbers", [1e7, 2e7], [1e7 + 3, 2e7 - 4], m.mean_squared_error([1e7, 2e7], [1e7 + 3, 2e7 - 4], squared=False))
case("pearson", "equal predictions", [1, 2, 3], [5, 5, 5], 0)
tied = single(np.round(close), 0)
case("spearman", "plain", y, close, stats.spearmanr(y, close)[0])
case("spearman", "ties", np.round(y), tied, stats.spearmanr(np.round(y), tied)[0])
case("spearman", "equal predictions", [1, 2, 3], [5, 5, 5], 0)
for q in [0.1, 0.5, 0.9]:
    case(f"pinball@{q}", "plain", y, close, m.mean_pinball_loss(y, close, alpha=q))
    case(f"pinball@{q}", "weights", y, close, m.mean_pinball_loss(y, close, alpha=q, sample_weight=weights), weights)
many = np.stack([close - 1, close, close + 2], 1)
many = single(many, 2)
case("pinball@0.1,0.5,0.9", "three quantiles", y, many, np.mean([m.mean_pinball_loss(y, many[:, i], alpha=q) for i, q in enumerate([0.1, 0.5, 0.9])]))

# Chances of two classes
b = (rng.uniform(size=n) < 0.4).astype(float)
chance = single(np.clip(0.35 * b + rng.uniform(0, 0.65, n), 0, 1))
coarse = single(np.round(chance * 5) / 5, 1)
binary = {
    "auc": lambda t, p, w: m.roc_auc_score(t, p, sample_weight=w),
    "gini": lambda t, p, w: 2 * m.roc_auc_score(t, p, sample_weight=w) - 1,
    "average-precision": lambda t, p, w: m.average_precision_score(t, p, sample_weight=w),
    "log-loss": lambda t, p, w: m.log_loss(t, p, sample_weight=w, eps=1e-15, labels=[0, 1]),
    "brier": lambda t, p, w: m.brier_score_loss(t, p, sample_weight=w, pos_label=1),
}
for name, of in binary.items():
    case(name, "plain", b, chance, of(b, chance, None))
    case(name, "weights", b, chance, of(b, chance, weights), weights)
    case(name, "ties", b, coarse, of(b, coarse, None))
    case(name, "ties and weights", b, coarse, of(b, coarse, weights), weights)
    case(name, "all tied", [0, 1, 0, 1], [0.5] * 4, of([0, 1, 0, 1], [0.5] * 4, None))
    case(name, "two rows", [0, 1], [0.9, 0.1], of([0, 1], np.float32([0.9, 0.1]).astype(float), None))
    case(name, "0 and 1", [0, 1, 1], [0, 1, 0], of([0, 1, 1], [0, 1, 0], None))
case("log-loss", "one class", [1, 1], [0.9, 0.8], m.log_loss([1, 1], np.float32([0.9, 0.8]).astype(float), labels=[0, 1]))
case("brier", "one class", [1, 1], [0.9, 0.8], m.brier_score_loss([1, 1], np.float32([0.9, 0.8]).astype(float), pos_label=1))

# Chances of several classes, which must sum to 1 for scikit-learn: multiples of 1/128
k = 4
c = rng.integers(0, k, n)
parts = rng.multinomial(128 - 40, [0.25] * k, n).astype(float)
parts[np.arange(n), c] += 40 * (rng.uniform(size=n) < 0.6)
parts += ((128 - parts.sum(1)) / k)[:, None]
chances = parts / 128
assert np.all(chances.astype(np.float32) == chances) and np.all(chances.sum(1) == 1)
several = {
    "log-loss": lambda t, p, w: m.log_loss(t, p, sample_weight=w, eps=1e-15, labels=range(k)),
    "auc-ovr": lambda t, p, w: m.roc_auc_score(t, p, sample_weight=w, multi_class="ovr", labels=range(k)),
    "brier": lambda t, p, w: np.average(((np.eye(k)[t] - p) ** 2).sum(1), weights=w),
}
for name, of in several.items():
    case(name, "classes", c, chances, of(c, chances, None))
    case(name, "classes, weights", c, chances, of(c, chances, weights), weights)
case("auc-ovo", "classes", c, chances, m.roc_auc_score(c, chances, multi_class="ovo", labels=range(k)))
case("log-loss", "a class not among the answers", [0, 1, 0], [[.5, .25, .25], [.25, .5, .25], [0, .5, .5]],
     m.log_loss([0, 1, 0], [[.5, .25, .25], [.25, .5, .25], [0, .5, .5]], labels=range(3), eps=1e-15))
places = (chances >= chances[np.arange(n), c][:, None]).sum(1)
case("map-of-classes@3", "classes", c, chances, np.mean(np.where(places <= 3, 1 / places, 0)))
case("map-of-classes@3", "classes, weights", c, chances, np.average(np.where(places <= 3, 1 / places, 0), weights=weights), weights)

# Several labels
labels = (rng.uniform(size=(n, 3)) < [0.2, 0.5, 0.7]).astype(float)
of_labels = single(np.clip(0.3 * labels + rng.uniform(0, 0.7, (n, 3)), 0, 1), 2)
for w, why in [(None, "labels"), (weights, "labels, weights")]:
    case("mean-column-auc", why, labels, of_labels, m.roc_auc_score(labels, of_labels, sample_weight=w), w)
    case("average-precision", why, labels, of_labels, m.average_precision_score(labels, of_labels, sample_weight=w), w)
    case("mean-column-log-loss", why, labels, of_labels, np.mean([m.log_loss(labels[:, i], of_labels[:, i], sample_weight=w, eps=1e-15) for i in range(3)]), w)

# Labels decided
hard = (chance > 0.5).astype(float)
grades = np.argmax(chances, 1)
unfound = np.where(grades == 2, 1, grades)
decided = {
    "accuracy": lambda t, p, w: m.accuracy_score(t, p, sample_weight=w),
    "balanced-accuracy": lambda t, p, w: m.balanced_accuracy_score(t, p, sample_weight=w),
    "mcc": lambda t, p, w: m.matthews_corrcoef(t, p, sample_weight=w),
    "kappa": lambda t, p, w: m.cohen_kappa_score(t, p, sample_weight=w),
    "qwk": lambda t, p, w: m.cohen_kappa_score(t, p, sample_weight=w, weights="quadratic", labels=range(k)),
}
for average in ["macro", "micro", "weighted"]:
    decided[f"f1-{average}"] = lambda t, p, w, a=average: m.f1_score(t, p, sample_weight=w, average=a)
    decided[f"f2-{average}"] = lambda t, p, w, a=average: m.fbeta_score(t, p, beta=2, sample_weight=w, average=a)
    decided[f"precision-{average}"] = lambda t, p, w, a=average: m.precision_score(t, p, sample_weight=w, average=a)
    decided[f"recall-{average}"] = lambda t, p, w, a=average: m.recall_score(t, p, sample_weight=w, average=a)
for name, of in decided.items():
    case(name, "classes", c, grades, of(c, grades, None))
    case(name, "classes, weights", c, grades, of(c, grades, weights), weights)
    case(name, "a class never predicted", c, unfound, of(c, unfound, None))
    case(name, "a class predicted and never true", unfound, c, of(unfound, c, None))
    case(name, "two classes", b, hard, of(b, hard, None))
    case(name, "all of one label", b, np.zeros(n), of(b, np.zeros(n), None))
two = {
    "f1": lambda t, p, w: m.f1_score(t, p, sample_weight=w),
    "f0.5": lambda t, p, w: m.fbeta_score(t, p, beta=0.5, sample_weight=w),
    "f2": lambda t, p, w: m.fbeta_score(t, p, beta=2, sample_weight=w),
    "precision": lambda t, p, w: m.precision_score(t, p, sample_weight=w),
    "recall": lambda t, p, w: m.recall_score(t, p, sample_weight=w),
}
for name, of in two.items():
    case(name, "plain", b, hard, of(b, hard, None))
    case(name, "weights", b, hard, of(b, hard, weights), weights)
    case(name, "nothing found", b, np.zeros(n), of(b, np.zeros(n), None))
    case(name, "nothing to find", np.zeros(n), hard, of(np.zeros(n), hard, None))
for name in ["kappa", "qwk", "mcc"]:
    case(name, "all of one class", [1, 1, 1], [1, 1, 1], 0)
hard_labels = (of_labels > 0.5).astype(float)
case("accuracy", "labels", labels, hard_labels, m.accuracy_score(labels, hard_labels))
for average in ["macro", "micro", "weighted"]:
    for w, why in [(None, "labels"), (weights, "labels, weights")]:
        case(f"f1-{average}", why, labels, hard_labels, m.f1_score(labels, hard_labels, average=average, sample_weight=w), w)
        case(f"precision-{average}", why, labels, hard_labels, m.precision_score(labels, hard_labels, average=average, sample_weight=w), w)

# Ranks within groups
users = rng.permutation(np.arange(n) % 6)
relevant = single(rng.integers(0, 4, n) * (rng.uniform(size=n) < 0.6), 0)
relevant[users == 5] = 0                                  # a user with nothing to find is passed over
scores = single(relevant * 0.2 + rng.uniform(0, 1, n), 3)
rough = single(np.round(scores * 3), 0)
kept = [u for u in range(6) if relevant[users == u].any()]
assert kept == [0, 1, 2, 3, 4], kept


def of_users(of):
    return np.mean([of(relevant[users == u], s[users == u]) for u in kept])


def found(t, p):
    """Relevance from the highest score down; of equal scores the least relevant first."""
    return t[np.lexsort((t, -p))] > 0


def average_precision_at(t, p, k):
    hits = found(t, p)[:k]
    return sum(hits[: i + 1].mean() for i in np.flatnonzero(hits)) / min(k, (t > 0).sum())


def first_hit(t, p, k):
    hits = np.flatnonzero(found(t, p)[:k])
    return 1 / (hits[0] + 1) if len(hits) else 0


for s, why in [(scores, "plain"), (rough, "ties")]:
    for k in [1, 3, 5]:
        case(f"ndcg@{k}", why, relevant, s, of_users(lambda t, p: m.ndcg_score([t], [p], k=k)), groups=users)
        case(f"ndcg-exp@{k}", why, relevant, s, of_users(lambda t, p: m.ndcg_score([2 ** t - 1], [p], k=k)), groups=users)
        case(f"map@{k}", why, relevant, s, of_users(lambda t, p: average_precision_at(t, p, k)), groups=users)
        case(f"hit-rate@{k}", why, relevant, s, of_users(lambda t, p: found(t, p)[:k].any()), groups=users)
        case(f"precision@{k}", why, relevant, s, of_users(lambda t, p: found(t, p)[:k].sum() / k), groups=users)
        case(f"recall@{k}", why, relevant, s, of_users(lambda t, p: found(t, p)[:k].sum() / (t > 0).sum()), groups=users)
        case(f"mrr@{k}", why, relevant, s, of_users(lambda t, p: first_hit(t, p, k)), groups=users)

print("[")
print(",\n".join(json.dumps(c, separators=(",", ":")) for c in cases))
print("]")
