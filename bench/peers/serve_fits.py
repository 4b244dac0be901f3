"""Fits what a user would pick instead, on demand: reads a CSV file once, then for each JSON line on standard input
({"model": ..., "threads": ...}) fits that model anew and answers {"seconds": ..., "cpuSeconds": ...} on a line.

    python serve_fits.py train.csv
"""

import json
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")


def boosted_trees(rounds, leaves, bins, threads, **_):
    import lightgbm as lgb

    model = lgb.LGBMClassifier(n_estimators=rounds, learning_rate=0.05, num_leaves=leaves, max_bin=bins, verbose=-1,
                               n_jobs=threads)
    return lambda: model.fit(values, labels)


def random_forest(trees, threads, **_):
    from sklearn.ensemble import RandomForestClassifier

    model = RandomForestClassifier(trees, max_features=0.3, n_jobs=threads, random_state=0)
    return lambda: model.fit(filled(), labels)


def extra_trees(trees, threads, **_):
    from sklearn.ensemble import ExtraTreesClassifier

    model = ExtraTreesClassifier(trees, max_features=0.5, n_jobs=threads, random_state=0)
    return lambda: model.fit(filled(), labels)


def network(epochs, batch, threads, **_):
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    table = filled()
    table = (table - table.mean(0)) / np.where(table.std(0) == 0, 1, table.std(0))
    x = torch.tensor(table, dtype=torch.float32)
    y = torch.tensor(np.unique(labels, return_inverse=True)[1])
    widths = [x.shape[1], 200, 200, 200, int(y.max()) + 1]
    layers = [part for pair in zip(widths, widths[1:]) for part in (nn.Linear(*pair), nn.LeakyReLU())][:-1]
    net = nn.Sequential(*layers)
    adam, loss = torch.optim.Adam(net.parameters(), lr=1e-4), nn.CrossEntropyLoss()

    def fit():
        for _ in range(epochs):
            order = torch.randperm(len(y))
            for start in range(0, len(y), batch):
                rows = order[start:start + batch]
                adam.zero_grad()
                loss(net(x[rows]), y[rows]).backward()
                adam.step()

    return fit


def filled():
    global medians
    if medians is None:
        medians = np.where(np.isnan(values), np.nanmedian(values, axis=0), values).astype(np.float32)
    return medians


models = {"boosted-trees": boosted_trees, "random-forest": random_forest, "extra-trees": extra_trees, "network": network}
frame = pd.read_csv(sys.argv[1])
labels = frame["label"].to_numpy()
values = frame.drop(columns=[name for name in ("label", "sample_id") if name in frame]).to_numpy(float)
medians = None

for line in sys.stdin:
    order = json.loads(line)
    try:
        filled()
        fit = models[order.pop("model")](**order)
        wall, cpu = time.perf_counter(), time.process_time()
        fit()
        answer = {"seconds": time.perf_counter() - wall, "cpuSeconds": time.process_time() - cpu}
    except ImportError as missing:
        answer = {"missing": missing.name}
    print(json.dumps(answer), flush=True)
