"""The peer of BiasedFactors: the same model, rates and penalties by mini-batch gradient descent in vectorised NumPy.

    python3 biased_factors.py FOLDER BATCH EPOCHS FACTORS

FOLDER holds train.tsv and test.tsv (user, item, rating as numbers from 0). Prints RMSE on test, seconds and processor seconds of the training.
"""
import os
import sys
import time

import numpy as np

folder, batch, epochs, factors = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
rate, decay, penalty, bias_penalty, spread = 0.01, 0.97, 0.08, 0.02, 0.1


def read(name):
    table = np.loadtxt(os.path.join(folder, name), delimiter="\t", dtype=np.float32)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


(users, items, ratings), (test_users, test_items, test_ratings) = read("train.tsv"), read("test.tsv")
random = np.random.default_rng(42)
count_users, count_items = max(users.max(), test_users.max()) + 1, max(items.max(), test_items.max()) + 1
started, processor = time.perf_counter(), time.process_time()
p = random.normal(0, spread, (count_users, factors)).astype(np.float32)
q = random.normal(0, spread, (count_items, factors)).astype(np.float32)
bu, bi = np.zeros(count_users, np.float32), np.zeros(count_items, np.float32)
mean = ratings.mean()
for epoch in range(epochs):
    step = np.float32(rate * decay**epoch)
    order = random.permutation(len(ratings))
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        u, i = users[rows], items[rows]
        pu, qi = p[u], q[i]
        error = ratings[rows] - (mean + bu[u] + bi[i] + np.einsum("rf,rf->r", pu, qi))
        np.add.at(bu, u, step * (error - bias_penalty * bu[u]))
        np.add.at(bi, i, step * (error - bias_penalty * bi[i]))
        np.add.at(p, u, step * (error[:, None] * qi - penalty * pu))
        np.add.at(q, i, step * (error[:, None] * pu - penalty * qi))
seconds, processor = time.perf_counter() - started, time.process_time() - processor
said = np.clip(mean + bu[test_users] + bi[test_items] + np.einsum("rf,rf->r", p[test_users], q[test_items]), 1, 5)
print(f"{np.sqrt(np.mean((said - test_ratings) ** 2)):.5f} {seconds:.3f} {processor:.3f}")
