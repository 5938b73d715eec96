"""The same cross-validation by scikit-learn's HistGradientBoosting and by XGBoost's hist: FOLDER REPEATS -> a line each.

One fold after the other with two threads, then two folds at once in processes of one thread.
"""
import sys
import time

import numpy as np
import pandas as pd
import xgboost
from joblib import Parallel, delayed, parallel_backend
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

FOLDS, REPEATS, THREADS = 5, int(sys.argv[2]), 2

table = pd.concat([pd.read_csv(f"{sys.argv[1]}/{part}.csv", na_values="?") for part in ("train", "test")], ignore_index=True)
answers = (table.pop("income") == ">50K").to_numpy(int)
names = [column for column in table if table[column].dtype == object]
codes = table.copy()
for name in names:
    codes[name] = table[name].astype("category").cat.codes.replace(-1, np.nan)
codes = codes.to_numpy(np.float32)
types = ["c" if column in names else "q" for column in table]
fold_of = np.arange(len(table)) % FOLDS


def sklearn(train, validation):
    model = HistGradientBoostingClassifier(
        max_iter=300, learning_rate=0.05, max_leaf_nodes=31, min_samples_leaf=20,
        categorical_features=[kind == "c" for kind in types], early_stopping=False, random_state=1)
    return model.fit(codes[train], answers[train]).predict_proba(codes[validation])[:, 1]


def boosted(train, validation, threads=THREADS):
    settings = dict(
        objective="binary:logistic", tree_method="hist", grow_policy="lossguide", max_leaves=31, max_depth=0, eta=0.05,
        min_child_weight=1, nthread=threads, seed=1)
    matrix = [xgboost.DMatrix(codes[rows], answers[rows], feature_types=types, enable_categorical=True) for rows in (train, validation)]
    return xgboost.train(settings, matrix[0], 300).predict(matrix[1])


def one_thread(fit, fold):
    return fit(fold_of != fold, fold_of == fold, **({"threads": 1} if fit is boosted else {}))


for name, fit in (("scikit-learn HGB", sklearn), ("XGBoost hist", boosted)):
    with parallel_backend("loky", inner_max_num_threads=1):
        for _ in range(REPEATS):
            scores, start = np.zeros(len(table)), time.perf_counter()
            for fold, predicted in enumerate(Parallel(n_jobs=THREADS)(delayed(one_thread)(fit, fold) for fold in range(FOLDS))):
                scores[fold_of == fold] = predicted
            print(f"{name + ', folds side by side':<34} {time.perf_counter() - start:.2f} s, AUC {roc_auc_score(answers, scores):.4f}", flush=True)
    for _ in range(REPEATS):
        scores, start, cpu = np.zeros(len(table)), time.perf_counter(), time.process_time()
        for fold in range(FOLDS):
            scores[fold_of == fold] = fit(fold_of != fold, fold_of == fold)
        print(f"{name:<34} {time.perf_counter() - start:.2f} s (of the processors {time.process_time() - cpu:.2f} s), AUC {roc_auc_score(answers, scores):.4f}", flush=True)
