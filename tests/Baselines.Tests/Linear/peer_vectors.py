"""Makes PeerVectors.cs: what scikit-learn's linear models and neighbours say of a small table.

    python3 tests/Baselines.Tests/Linear/peer_vectors.py > tests/Baselines.Tests/Linear/PeerVectors.cs
"""
import numpy as np, sklearn
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge, RidgeCV
from sklearn.neighbors import KNeighborsRegressor

random = np.random.RandomState(4)
n, p = 40, 4
x = np.round(random.randn(n, p) * [1, 2, 0.5, 1] + [0, 1, 0, -1], 3)
y = np.round(x @ [2, -1, 0, 0.5] + 3 + random.randn(n), 3)
z = np.round(x @ [0, 1, 1, 0] + random.randn(n), 3)
k = np.digitize(x @ [1, 0.5, 0, 0] + random.randn(n) * 0.5, [-0.3, 0.8])
b = (k > 0).astype(int)
w = np.round(random.rand(n) + 0.2, 3)
wide = np.round(random.randn(6, 9), 3)
wide_y = np.round(wide[:, 0] * 3 + random.randn(6), 3)


def line(model, rows=None):
    rows = x if rows is None else rows
    return model.predict(rows[:8])


grid = [10 ** (5 - i / 3) for i in range(22)]
cv = RidgeCV(alphas=grid).fit(x, y)
wide_cv = RidgeCV(alphas=grid).fit(wide, wide_y)
vectors = {
    "X": x, "Y": y, "Z": z, "Classes": k, "Yes": b, "RowWeights": w, "WideX": wide, "WideY": wide_y,
    "RidgeOf2": line(Ridge(alpha=2, tol=1e-10).fit(x, y)),
    "RidgeOf2Weighted": line(Ridge(alpha=2, tol=1e-10).fit(x, y, sample_weight=w)),
    "RidgeChosen": line(cv), "RidgeOfWideRows": line(wide_cv, wide),
    "LassoOfATenth": line(Lasso(alpha=0.1, tol=1e-12, max_iter=100000).fit(x, y)),
    "ElasticNetOfAHalf": line(ElasticNet(alpha=0.5, l1_ratio=0.3, tol=1e-12, max_iter=100000).fit(x, y)),
    "LogisticOf1": LogisticRegression(C=1, tol=1e-10, max_iter=10000).fit(x, b).predict_proba(x[:8])[:, 1],
    "LogisticOf1Weighted": LogisticRegression(C=1, tol=1e-10, max_iter=10000).fit(x, b, sample_weight=w).predict_proba(x[:8])[:, 1],
    "SoftmaxOfAThird": LogisticRegression(C=1 / 3, tol=1e-10, max_iter=10000, multi_class="multinomial").fit(x, k).predict_proba(x[:8]),
    "FiveNearest": line(KNeighborsRegressor(5).fit(x, y)),
}
print("namespace Kaggle.Tests.Baselines.Linear;\n")
print(f"/// <summary>Made by peer_vectors.py with scikit-learn {sklearn.__version__}; not to be changed by hand.</summary>")
print("static class PeerVectors\n{")
first = True
for name, values in vectors.items():
    flat = ", ".join(f"{v:.9g}f" for v in np.asarray(values, dtype=float).ravel())
    print(("" if first else "\n") + f"    public static readonly float[] {name} = [{flat}];")
    first = False
print("}")
