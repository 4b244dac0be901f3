"""Clusters the rows of a labelled CSV file as a user of scikit-learn would: medians for gaps, standard scaling, then the
algorithm. Prints a JSON line per algorithm: how many clusters, their agreement with the labels, seconds.

    python cluster.py rows.csv label-column
"""

import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.impute import SimpleImputer
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, silhouette_score
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")


def k_means(x, k):
    if k is not None:
        return KMeans(k, n_init=10, random_state=0).fit_predict(x)
    found = [KMeans(each, n_init=10, random_state=0).fit_predict(x) for each in range(2, 13)]
    sample = np.random.default_rng(0).permutation(len(x))[:1000]
    return max(found, key=lambda labels: silhouette_score(x[sample], labels[sample]))


def gaussian_mixture(x, k):
    kinds = [(each, kind) for each in ([k] if k else range(2, 13)) for kind in ("diag", "tied")]
    found = [GaussianMixture(each, covariance_type=kind, random_state=0, reg_covar=1e-3).fit(x) for each, kind in kinds]
    return min(found, key=lambda mixture: mixture.bic(x)).predict(x)


def hdbscan(x, k):
    return HDBSCAN(min_cluster_size=max(5, round(len(x) / 30)), min_samples=5, copy=True).fit_predict(x)


table = pd.read_csv(sys.argv[1])
labels = table[sys.argv[2]].astype(str).to_numpy()
kpis = table.drop(columns=[sys.argv[2], "sample_id"], errors="ignore").select_dtypes("number")
x = StandardScaler().fit_transform(SimpleImputer(strategy="median").fit_transform(kpis.to_numpy(dtype=np.float64)))
for name, cluster in {"k-means": k_means, "gaussian-mixture": gaussian_mixture, "hdbscan": hdbscan}.items():
    for given in (None, len(set(labels))):
        if name == "hdbscan" and given:
            continue
        started = time.perf_counter()
        found = cluster(x, given)
        print(json.dumps({
            "method": name,
            "given": given is not None,
            "clusters": len(set(found) - {-1}),
            "noise": int((found < 0).sum()),
            "adjustedRand": adjusted_rand_score(labels, found),
            "adjustedMutualInformation": adjusted_mutual_info_score(labels, found),
            "seconds": time.perf_counter() - started,
        }), flush=True)
