"""The same cross-validation by scikit-learn's HistGradientBoosting and by XGBoost's hist: FOLDER -> one line each."""
import sys
import time

import numpy as np
import pandas as pd
import xgboost
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


def boosted(train, validation):
    settings = dict(
        objective="binary:logistic", tree_method="hist", grow_policy="lossguide", max_leaves=31, max_depth=0, eta=0.05,
        min_child_weight=1, nthread=THREADS, seed=1)
    matrix = [xgboost.DMatrix(codes[rows], answers[rows], feature_types=types, enable_categorical=True) for rows in (train, validation)]
    return xgboost.train(settings, matrix[0], 300).predict(matrix[1])


for name, fit in (("scikit-learn HGB", sklearn), ("XGBoost hist", boosted)):
    for _ in range(REPEATS):
        scores, start, cpu = np.zeros(len(table)), time.perf_counter(), time.process_time()
        for fold in range(FOLDS):
            scores[fold_of == fold] = fit(fold_of != fold, fold_of == fold)
        print(f"{name:<22} {time.perf_counter() - start:.2f} s (of the processors {time.process_time() - cpu:.2f} s), AUC {roc_auc_score(answers, scores):.4f}", flush=True)
