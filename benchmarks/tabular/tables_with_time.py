#!/usr/bin/env python3
"""AnyTable on tables with time, beside scikit-learn's HistGradientBoosting on dates taken apart.

    python3 benchmarks/tabular/tables_with_time.py [NAME...]        from the repository's root, after a Release build
    python3 benchmarks/tabular/tables_with_time.py --peers [NAME...]    the peer alone

Each table is drawn from a seed (walmart: read from the folder that KAGGLE_DATA names). AnyTable is told the metric and nothing else. The peer gets
three settings, and the best of them on the hidden rows counts: more than anybody could know. Prints both scores, seconds and peak memory.
"""
import glob, os, resource, subprocess, sys, tempfile, time

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor


def year(dates, phase=0):
    return np.cos(2 * np.pi * (dates.dayofyear - phase) / 365.25)


def days(count, start="2021-01-01", step="D"):
    return pd.date_range(start, periods=count, freq=step)


def stores(random, shops=20, count=1000, new=0, ended=0, gaps=0.0):
    """Daily sales: growth, week, year, offers known ahead, noise of a tenth."""
    frames = []
    for shop in range(shops):
        at = days(count)
        t = np.arange(count)
        base, slope, swing = np.exp(random.normal(4, 0.8)), random.normal(2e-4, 3e-4), random.uniform(0, 0.4)
        week = np.exp(random.normal(0, 0.25, 7))[at.dayofweek]
        offer = random.random(count) < 0.1
        mean = base * np.exp(slope * t) * (1 + swing * year(at, random.uniform(0, 365))) * week * np.where(offer, 1.4, 1)
        frame = pd.DataFrame({"date": at, "store": f"s{shop:02d}", "offer": offer.astype(int), "sales": np.round(mean * np.exp(random.normal(0, 0.1, count)), 2)})
        if shop < new:
            frame = frame[t >= count - 35]
        elif shop < new + ended:
            frame = frame[t < count - 200]
        frames.append(frame[random.random(len(frame)) >= gaps])
    return pd.concat(frames).sort_values(["date", "store"])


def last(table, column, count):
    moments = np.sort(table[column].unique())
    return table[column] >= moments[-count]


def stores_ahead(random):
    table = stores(random)
    return table, last(table, "date", 28), "sales", "mae"


def stores_new(random):
    table = stores(random, shops=24, new=4)
    hidden = last(table, "date", 28)
    return table[hidden | ~table.store.isin(["s00", "s01"])], hidden[hidden | ~table.store.isin(["s00", "s01"])], "sales", "rmse"


def stores_gaps(random):
    table = stores(random, shops=15, count=800, ended=3, gaps=0.25)
    return table, last(table, "date", 42), "sales", "rmse"


def bicycles(random):
    """Counts by hour; hidden are the days from the twentieth of each month."""
    at = days(24 * 730, step="H")
    warm = 15 - 12 * year(at, 15) + np.repeat(random.normal(0, 4, 730), 24) + 3 * np.cos(2 * np.pi * (at.hour - 15) / 24)
    wet = np.repeat(random.random(730) < 0.25, 24)
    work = (at.dayofweek < 5).astype(int)
    shape = np.where(work == 1, np.exp(-((at.hour - 8) / 1.5) ** 2) + 1.2 * np.exp(-((at.hour - 17.5) / 2) ** 2) + 0.25 * ((at.hour > 6) & (at.hour < 23)), 0.9 * np.exp(-((at.hour - 14) / 4.5) ** 2)) + 0.03
    mood = np.repeat(np.exp(random.normal(0, 0.15, 730)), 24)
    mean = 220 * shape * (1 + 0.7 * np.arange(len(at)) / len(at)) * (1 + 0.03 * np.clip(warm - 10, -12, 15)) * np.where(wet, 0.6, 1) * mood
    table = pd.DataFrame({"datetime": at, "workingday": work, "weather": np.where(wet, "rain", "clear"), "temp": np.round(warm, 1), "count": random.poisson(mean)})
    return table, at.day >= 20, "count", "rmsle"


def months(random):
    """One series of twelve years, as passengers of an airline."""
    t = np.arange(144)
    at = days(144, "2010-01-01", "MS")
    mean = 110 * np.exp(0.0095 * t) * np.exp(random.normal(0, 0.12, 12))[at.month - 1]
    table = pd.DataFrame({"month": at, "passengers": np.round(mean * np.exp(random.normal(0, 0.03, 144)))})
    return table, t >= 120, "passengers", "rmse"


def one_daily(random):
    t = np.arange(1100)
    at = days(1100)
    mean = 500 + 0.4 * t + 120 * year(at, 30) + np.array([0, 10, 20, 30, 80, 150, 90])[at.dayofweek]
    table = pd.DataFrame({"day": at, "visits": np.round(mean + np.cumsum(random.normal(0, 3, 1100)) + random.normal(0, 25, 1100))})
    return table, t >= 1040, "visits", "mae"


def power(random):
    """Load of a grid by the hour, one series with the weather known; the last two weeks are hidden."""
    n = 24 * 500
    at = days(n, step="H")
    warm = 10 + 10 * -year(at, 15) + 4 * np.cos(2 * np.pi * (at.hour - 15) / 24) + np.repeat(random.normal(0, 3, 500), 24)
    mean = 900 + 0.015 * np.arange(n) + 150 * np.cos(2 * np.pi * (at.hour - 18) / 24) + 60 * np.cos(4 * np.pi * (at.hour - 9) / 24) - 90 * (at.dayofweek >= 5) + 9 * np.abs(warm - 17)
    slow = np.repeat(np.cumsum(random.normal(0, 6, 500)) * 0.5, 24)
    table = pd.DataFrame({"time": at.strftime("%Y-%m-%d %H:%M:%S"), "temperature": np.round(warm, 1), "load": np.round(mean + slow + random.normal(0, 15, n), 1)})
    return table, np.arange(n) >= n - 14 * 24, "load", "rmse"


def weekly(random):
    """Weeks of forty shops' goods, three years; some goods end, some begin late."""
    frames = []
    for shop in range(8):
        for good in range(10):
            n = 157
            at = days(n, "2020-01-03", "7D")
            base, swing, peak = np.exp(random.normal(6, 1)), random.uniform(0, 0.6), random.uniform(0, 365)
            feast = np.isin(at.isocalendar().week, [51, 52])
            mean = base * np.exp(random.normal(0, 0.001) * np.arange(n)) * (1 + swing * year(at, peak)) * np.where(feast, 1.5, 1)
            frame = pd.DataFrame({"week": at, "shop": shop + 1, "good": good + 1, "feast": feast.astype(int), "sold": np.round(mean * np.exp(random.normal(0, 0.12, n)), 1)})
            first, end = (random.integers(0, 120), n) if random.random() < 0.1 else (0, random.integers(90, n) if random.random() < 0.1 else n)
            frames.append(frame[first:end])
    table = pd.concat(frames).sort_values(["week", "shop", "good"])
    return table, last(table, "week", 12), "sold", "mae"


def receipts(random):
    """Rows that nothing tells apart: several receipts of a day and kind."""
    n = 30000
    t = np.sort(random.integers(0, 700, n))
    at = days(700)[t]
    kind, guests = random.integers(0, 4, n), random.integers(1, 7, n)
    mean = np.array([12, 20, 35, 8])[kind] * guests ** 0.8 * (1 + 0.0006 * t) * np.array([1, 1, 1, 1.02, 1.15, 1.25, 1.1])[at.dayofweek]
    table = pd.DataFrame({"day": at, "kind": np.array(["tea", "lunch", "dinner", "cake"])[kind], "guests": guests, "bill": np.round(mean * np.exp(random.normal(0, 0.25, n)), 2)})
    return table, t >= 640, "bill", "rmse"


def trips(random):
    """Durations of trips; hidden rows are drawn from the same time as the others."""
    n = 25000
    at = pd.to_datetime("2022-01-01") + pd.to_timedelta(random.integers(0, 180 * 86400, n), unit="s")
    kilometres = np.round(np.exp(random.normal(1.2, 0.7, n)), 2)
    jam = 1 + 0.6 * (at.dayofweek < 5) * (np.exp(-((at.hour - 8) / 2.0) ** 2) + np.exp(-((at.hour - 18) / 2.5) ** 2))
    table = pd.DataFrame({"id": [f"t{i}" for i in range(n)], "pickup": at.strftime("%Y-%m-%d %H:%M:%S"), "vendor": random.integers(1, 3, n), "kilometres": kilometres,
                          "seconds": np.round(120 + 150 * kilometres ** 0.9 * jam * np.exp(random.normal(0, 0.2, n)))})
    return table, random.random(n) < 0.3, "seconds", "rmsle"


def walmart(random):
    folder = os.path.join(os.environ["KAGGLE_DATA"], "walmart-sales")
    table = pd.read_csv(os.path.join(folder, "train.csv.gz"), parse_dates=["Date"])
    table = table[table.Store % 9 == 1].merge(pd.read_csv(os.path.join(folder, "stores.csv")), on="Store")
    features = pd.read_csv(os.path.join(folder, "features.csv"), parse_dates=["Date"]).drop(columns="IsHoliday")
    table = table.merge(features, on=["Store", "Date"]).sort_values(["Date", "Store", "Dept"])
    table["IsHoliday"] = table.IsHoliday.astype(int)
    return table, last(table, "Date", 13), "Weekly_Sales", "mae"


TABLES = {f.__name__: f for f in [stores_ahead, stores_new, stores_gaps, bicycles, months, one_daily, power, weekly, receipts, trips, walmart]}


def error(metric, truth, said):
    if metric == "rmsle":
        return float(np.sqrt(np.mean((np.log1p(np.maximum(said, 0)) - np.log1p(truth)) ** 2)))
    return float(np.sqrt(np.mean((said - truth) ** 2)) if metric == "rmse" else np.mean(np.abs(said - truth)))


def apart(table, target):
    """Numbers as they are, categories as codes, dates as their parts and the time that passed."""
    columns, categories = {}, []
    for name in table.columns:
        if name in (target, "id", "row_id"):
            continue
        values = table[name]
        if values.dtype == object and name in ("pickup", "time"):
            values = pd.to_datetime(values)
        if str(values.dtype).startswith("datetime"):
            for part in ["year", "month", "day", "dayofweek", "dayofyear", "hour"]:
                columns[f"{name}_{part}"] = getattr(values.dt, part)
            columns[f"{name}_days"] = (values - values.min()).dt.total_seconds() / 86400
        elif values.dtype == object:
            categories.append(len(columns))
            columns[name] = values.astype("category").cat.codes
        else:
            columns[name] = values
    return pd.DataFrame(columns).to_numpy(float), categories


def peer(table, hidden, target, metric):
    x, categories = apart(table, target)
    y = table[target].to_numpy(float)
    learned = np.log1p(y) if metric == "rmsle" else y
    best = np.inf
    for iterations, rate, leaves in [(400, 0.05, 31), (1000, 0.03, 63), (300, 0.1, 15)]:
        model = HistGradientBoostingRegressor(loss="absolute_error" if metric == "mae" else "squared_error", max_iter=iterations, learning_rate=rate, max_leaf_nodes=leaves,
                                              early_stopping=True, categorical_features=categories or None, random_state=0)
        said = model.fit(x[~hidden], learned[~hidden]).predict(x[hidden])
        best = min(best, error(metric, y[hidden], np.expm1(said) if metric == "rmsle" else said))
    return best


def ours(name, table, hidden, target, metric, room):
    folder, out = os.path.join(room, name), os.path.join(room, "out", name)
    os.makedirs(folder)
    table = table.copy()
    if "id" not in table.columns:
        table.insert(0, "id", np.arange(len(table)))
    table[~hidden].to_csv(os.path.join(folder, "train.csv"), index=False)
    table[hidden].drop(columns=target).to_csv(os.path.join(folder, "test.csv"), index=False)
    table[hidden][["id"]].assign(**{target: 0}).to_csv(os.path.join(folder, "sample_submission.csv"), index=False)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.time()
    done = subprocess.run(["dotnet", "run", "-c", "Release", "--no-build", "--project", "competitions/AnyTable", "--", "--data", folder, "--metric", metric, "--out", out], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = f"{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:.0f} s of processor, {time.time() - started:.0f} s, {after.ru_maxrss // 1024} MB at most so far"
    if "--show" in sys.argv:
        print(done.stdout[-6000:])
    if done.returncode:
        return np.nan, f"exit {done.returncode}: {(done.stdout + done.stderr)[-400:]}"
    said = pd.read_csv(glob.glob(os.path.join(out, "submissions", "*.csv"))[0]).set_index("id")[target]
    asked = table[hidden].set_index("id")[target]
    return error(metric, asked.to_numpy(float), said.loc[asked.index].to_numpy(float)), cost


if __name__ == "__main__":
    names = [a for a in sys.argv[1:] if not a.startswith("--")] or list(TABLES)
    with tempfile.TemporaryDirectory() as room:
        for name in names:
            table, hidden, target, metric = TABLES[name](np.random.default_rng(7))
            table, hidden = table.reset_index(drop=True), np.asarray(hidden)
            theirs = peer(table, hidden, target, metric)
            if "--peers" in sys.argv:
                print(f"{name}: {metric} HistGradientBoosting {theirs:.4f}", flush=True)
                continue
            score, note = ours(name, table, hidden, target, metric, room)
            print(f"{'ahead ' if score <= theirs else 'BEHIND'} {name}: {metric} {score:.4f}, HistGradientBoosting {theirs:.4f}; {hidden.sum()} of {len(table)} rows hidden; {note}", flush=True)
