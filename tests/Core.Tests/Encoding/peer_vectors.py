"""Makes PeerVectors.cs: what scikit-learn's transformers say of a small column, for the encoders' tests.

    python3 tests/Core.Tests/Encoding/peer_vectors.py > tests/Core.Tests/Encoding/PeerVectors.cs

scikit-learn 1.2.1; its TargetEncoder came later, so that formula (1.3, _target_encoder_fast.pyx) is written out here.
"""
import numpy as np, sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, QuantileTransformer, RobustScaler, StandardScaler

x = np.array([3, 1, np.nan, 4, 1, 5, 9, 2, 6, np.nan, 5, 3, 5, 8, 9, 7, 9, 3, 2, 38], dtype=float)[:, None]
later = np.array([-1, 0, 1, 2.5, 3, 5, 8.75, 9, 20, 38, 50], dtype=float)[:, None]
c = np.array(list("abacabadabacabaecbbd"), dtype=object)[:, None]
seen = np.array(list("abcdez"), dtype=object)[:, None]
y = np.array([1, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1], dtype=float)
price = np.array([10, 20, 11, 35, 12, 19, 13, 50, 9, 22, 10, 31, 12, 21, 8, 70, 33, 18, 25, 45], dtype=float)


def target_mean(t, smooth):
    out = []
    for level in "abcdez":
        rows = t[c[:, 0] == level]
        n, prior = len(rows), t.mean()
        if n == 0:
            out.append(prior)
        elif smooth == "auto":
            lam = t.var() * n / (t.var() * n + rows.var()) if t.var() * n + rows.var() else 1
            out.append(lam * rows.mean() + (1 - lam) * prior)
        else:
            out.append((rows.sum() + smooth * prior) / (n + smooth))
    return np.array(out)


def robust(values):
    z = RobustScaler().fit(x[~np.isnan(x)][:, None]).transform(values)
    return z / np.sqrt(1 + (z / 3) ** 2)


fill = SimpleImputer(strategy="median", add_indicator=True).fit_transform(x)
vectors = {
    "Column": x, "Later": later,
    "FilledByMedian": fill[:, 0], "Indicator": fill[:, 1],
    "FilledByMean": SimpleImputer().fit_transform(x),
    "Standardised": StandardScaler().fit(x).transform(later),
    "RobustlyScaled": robust(later),
    "NormalOf10Quantiles": QuantileTransformer(n_quantiles=10, output_distribution="normal").fit(x).transform(later),
    "NormalOf5Quantiles": QuantileTransformer(n_quantiles=5, output_distribution="normal").fit(x).transform(later),
    "OneHotFrom3": OneHotEncoder(min_frequency=3, handle_unknown="ignore", sparse_output=False).fit(c).transform(seen[:5]),
    "Ordinal": OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(c).transform(seen),
    "Answers": y, "Prices": price,
    "TargetMeanOf2": target_mean(y, 2.0), "TargetMeanAuto": target_mean(y, "auto"),
    "PriceMeanOf2": target_mean(price, 2.0), "PriceMeanAuto": target_mean(price, "auto"),
}
print("namespace Kaggle.Tests.Core.Encoding;\n")
print(f"/// <summary>Made by peer_vectors.py with scikit-learn {sklearn.__version__}; not to be changed by hand.</summary>")
print("static class PeerVectors\n{")
print(f'    public const string Categories = "{"".join(c[:, 0])}";\n')
print(f'    public const string Seen = "{"".join(seen[:, 0])}";')
for name, values in vectors.items():
    flat = ", ".join("float.NaN" if np.isnan(v) else f"{v:.9g}f" for v in np.asarray(values, dtype=float).ravel())
    print(f"\n    public static readonly float[] {name} = [{flat}];")
print("}")
