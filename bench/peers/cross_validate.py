"""Cross-validates what a user would pick instead, on given folds: one JSON object per model on a line.

    python cross_validate.py train.csv folds.txt --seed 0     # write the folds of scikit-learn (stratified, shuffled)
    python cross_validate.py train.csv folds.txt --score

The label column is `label`; `sample_id` is no KPI.
"""

import json
import sys
import time
import warnings

import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline

warnings.filterwarnings("ignore")
THREADS = 2
FOLDS = 5


def models():
    tuned = dict(n_estimators=600, learning_rate=0.05, num_leaves=15, colsample_bytree=0.3, subsample=0.8,
                 subsample_freq=1, min_child_samples=10, verbose=-1, n_jobs=THREADS)
    filled = lambda model: make_pipeline(SimpleImputer(strategy="median"), model)
    return {
        "LightGBM": lambda: lgb.LGBMClassifier(verbose=-1, n_jobs=THREADS),
        "LightGBM, tuned": lambda: lgb.LGBMClassifier(**tuned),
        "scikit-learn hist gradient boosting": lambda: HistGradientBoostingClassifier(random_state=0),
        "scikit-learn extra trees": lambda: filled(
            ExtraTreesClassifier(500, max_features=0.5, n_jobs=THREADS, random_state=0)),
        "scikit-learn random forest": lambda: filled(
            RandomForestClassifier(500, n_jobs=THREADS, random_state=0)),
    }


def main(table, folds_file, score, seed):
    frame = pd.read_csv(table)
    labels = frame["label"].to_numpy()
    values = frame.drop(columns=[c for c in ("label", "sample_id") if c in frame]).to_numpy(float)
    if not score:
        fold_of = np.empty(len(labels), int)
        for fold, (_, held) in enumerate(StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(values, labels)):
            fold_of[held] = fold
        np.savetxt(folds_file, fold_of, fmt="%d")
        return
    fold_of = np.loadtxt(folds_file, dtype=int)
    for name, make in models().items():
        f1, accuracy, start = [], [], time.perf_counter()
        for fold in range(FOLDS):
            held = fold_of == fold
            guess = make().fit(values[~held], labels[~held]).predict(values[held])
            f1.append(f1_score(labels[held], guess, average="macro"))
            accuracy.append(accuracy_score(labels[held], guess))
        print(json.dumps({
            "learner": name, "macroF1": np.mean(f1), "macroF1Spread": np.std(f1), "accuracy": np.mean(accuracy),
            "accuracySpread": np.std(accuracy), "seconds": time.perf_counter() - start}), flush=True)


if __name__ == "__main__":
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 0
    main(sys.argv[1], sys.argv[2], "--score" in sys.argv, seed)
