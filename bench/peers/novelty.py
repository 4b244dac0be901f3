"""Novelty of rows as a user of scikit-learn would measure it: medians for gaps, robust scaling, then the detector, fitted
to the rows of all known classes. Reads a line of rows, then a line per split, and prints the scores of each; the higher,
the less known.

    python novelty.py < rows-and-splits.jsonl
"""

import json
import sys
import warnings

import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.impute import SimpleImputer
from sklearn.neighbors import LocalOutlierFactor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import RobustScaler

warnings.filterwarnings("ignore")

rows = np.array(json.loads(sys.stdin.readline()), dtype=np.float64)
for line in sys.stdin:
    split = json.loads(line)
    prepare = make_pipeline(SimpleImputer(strategy="median"), RobustScaler())
    learned = prepare.fit_transform(rows[split["learned"]])
    held = prepare.transform(rows[split["held"]])
    detectors = {
        "LocalOutlierFactor": LocalOutlierFactor(n_neighbors=20, novelty=True),
        "IsolationForest": IsolationForest(n_estimators=200, random_state=0),
    }
    print(json.dumps({name: (-each.fit(learned).score_samples(held)).tolist() for name, each in detectors.items()}), flush=True)
