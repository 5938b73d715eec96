#!/usr/bin/python3
"""scikit-learn's AUC on rows drawn as AucBenchmark.cs draws them: python3 auc.py ROWS"""
import sys
import time

import numpy as np
from sklearn.metrics import roc_auc_score

rows = int(sys.argv[1])
random = np.random.default_rng(1)
truth = random.integers(0, 2, rows).astype(np.float32)
scores = ((random.random(rows, dtype=np.float32) + 0.3 * truth) / 1.3).astype(np.float32)
for name, s in [("all different", scores), ("1,000 levels", np.floor(scores * 1000) / 1000)]:
    started = time.time()
    auc = roc_auc_score(truth, s)
    print(f"scikit-learn, {rows} rows, {name}: {time.time() - started:.2f} s, AUC {auc:.4f}", flush=True)
