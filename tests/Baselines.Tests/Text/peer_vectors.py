"""Makes TextPeerVectors.cs: what scikit-learn makes of a few texts.

    python3 tests/Baselines.Tests/Text/peer_vectors.py > tests/Baselines.Tests/Text/TextPeerVectors.cs
"""
import re
import numpy as np, sklearn
from scipy.sparse import hstack
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge

texts = [
    "Forest fire near La Ronge Sask. Canada", "I love fruits", "Fire! fire! FIRE in the forest", "Summer is lovely", "My car is so fast",
    "Flood in the forest near Canada", "the café is on fire, señor", "What a lovely summer, I love it", "Heavy rain: flood and fire", "so fast, so lovely, so so",
    "", "12 people 12 cars x", "fruits of the forest", "rain in Canada", "no fire no flood", "We love the forest; the forest loves us",
]
numbers = ["call 0800 123 now", "call 0906 777 now", "ring 12 now", "1 22 333"]
yes = np.array([1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0])
kinds = np.array([0, 1, 0, 1, 2, 0, 0, 1, 0, 2, 2, 2, 1, 0, 0, 1])
value = np.round(np.array([len(t) for t in texts]) / 10 + yes, 2)

words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, strip_accents="unicode", min_df=2)
letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, strip_accents="unicode", min_df=1)
w, c = words.fit_transform(texts), letters.fit_transform(texts)
across = TfidfVectorizer(analyzer="char", ngram_range=(2, 4), sublinear_tf=True, strip_accents="unicode", min_df=1).fit_transform([t.strip() for t in texts])
digits = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, strip_accents="unicode", min_df=1, preprocessor=lambda t: re.sub(r"\d", "0", t.lower()), token_pattern=r"(?u)\b\w\w+\b").fit_transform(numbers)
capped = TfidfVectorizer(ngram_range=(1, 2), min_df=2, max_df=0.3, norm=None).fit_transform(texts)
both = hstack([w, TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, strip_accents="unicode", min_df=3).fit_transform(texts)]).tocsr()


def ratios(x, y):
    own, other = np.asarray(x[y == 1].sum(0)).ravel() + 1, np.asarray(x[y == 0].sum(0)).ravel() + 1
    return np.log((own / own.sum()) / (other / other.sum()))


scaled = w.multiply(ratios(w, yes)).tocsr()
fit = lambda x, y, C: LogisticRegression(C=C, tol=1e-10, max_iter=100000).fit(x, y).predict_proba(x)
vectors = {
    "Yes": yes, "Kinds": kinds, "Value": value,
    "WordCosines": (w @ w.T).toarray()[0], "LetterCosines": (c @ c.T).toarray()[0], "AcrossCosines": (across @ across.T).toarray()[0],
    "DigitCosines": (digits @ digits.T).toarray()[0], "CappedProducts": (capped @ capped.T).toarray()[2],
    "LogisticOf3": fit(both, yes, 3)[:, 1], "SoftmaxOf3": fit(both, kinds, 3), "NbSvmOf4": fit(scaled, yes, 4)[:, 1],
    "RidgeOfAHalf": Ridge(alpha=0.5, tol=1e-12).fit(both.toarray(), value).predict(both.toarray()),
    "SingularValues": np.linalg.svd(w.toarray())[1][:5],
}
quote = lambda t: '"' + t.replace("\\", "\\\\").replace('"', '\\"') + '"'
print("namespace Kaggle.Tests.Baselines.Text;\n")
print(f"/// <summary>Made by peer_vectors.py with scikit-learn {sklearn.__version__}; not to be changed by hand.</summary>")
print("static class TextPeerVectors\n{")
print("    public static readonly string?[] Texts =\n    [\n" + "\n".join(f"        {quote(t)}," for t in texts) + "\n    ];")
for name, values in vectors.items():
    print(f"\n    public static readonly float[] {name} = [{', '.join(f'{float(v):.9g}f' for v in np.ravel(values))}];")
print("}")
