"""Makes FormVectors.cs: Python's canonical forms of texts with marks.

    python3 tests/Core.Tests/Data/Texts/make_forms.py > tests/Core.Tests/Data/Texts/FormVectors.cs
"""
import random
import unicodedata as u

random.seed(5)
pool = [chr(p) for p in range(0x20, 0x3000) if u.category(chr(p))[0] in "LMN" and not u.decomposition(chr(p)).startswith("<")]
marks = [chr(p) for p in range(0x300, 0x370)] + ["\u05b0", "\u0651", "\u3099", "\U0001D165"]
texts = ["Å", "e\u0301", "e\u0323\u0301", "e\u0301\u0323", "각", "\u1100\u1161\u11a8", "\u0958", "\u212b", "가\u11a8", "\u0344", "a\u0315\u0300\u05ae\u0301b", "👍🏽é", "\U0001D15F"]
for _ in range(60):
    texts.append("".join(random.choice(marks if random.random() < 0.4 else pool) for _ in range(6)))
escape = lambda t: "".join(c if c.isascii() and c.isalnum() else f"\\u{ord(c):04X}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}" for c in t)
print("namespace Kaggle.Tests.Core.Data.Texts;\n")
print(f"/// <summary>Made by make_forms.py from Unicode {u.unidata_version}; not to be changed by hand.</summary>")
print("static class FormVectors\n{\n    /// <summary>A text, composed (NFC), decomposed (NFD).</summary>")
print("    public static readonly (string Text, string Composed, string Decomposed)[] All =\n    [")
for t in texts:
    print(f'        ("{escape(t)}", "{escape(u.normalize("NFC", t))}", "{escape(u.normalize("NFD", t))}"),')
print("    ];\n}")
