"""What a user would write instead: fits LightGBM on a CSV file, then reads another one in parts, predicts and writes the
classes and their probabilities. Prints the seconds and processor seconds of the second half as JSON.

    python predict.py train.csv table.csv results.csv threads
"""

import json
import resource
import sys
import time

import lightgbm as lgb
import pandas as pd

training, table, results, threads = sys.argv[1:]
not_kpis = ["label", "sample_id"]


def kpis(frame):
    return frame.drop(columns=[name for name in not_kpis if name in frame]).to_numpy(float)


frame = pd.read_csv(training)
model = lgb.LGBMClassifier(n_estimators=300, learning_rate=0.05, num_leaves=8, verbose=-1, n_jobs=int(threads))
model.fit(kpis(frame), frame["label"])

start, processor_start, rows = time.perf_counter(), time.process_time(), 0
for part in pd.read_csv(table, chunksize=50_000):
    probabilities = model.predict_proba(kpis(part))
    answer = pd.DataFrame(probabilities, columns=[f"p_{name}" for name in model.classes_])
    answer.insert(0, "diagnosis", model.classes_[probabilities.argmax(1)])
    answer.to_csv(results, mode="a" if rows else "w", header=not rows, index=False)
    rows += len(part)
seconds, processor_seconds = time.perf_counter() - start, time.process_time() - processor_start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
told = {"rows": rows, "seconds": seconds, "processorSeconds": processor_seconds, "peakMemoryBytes": peak}
print(json.dumps(told))
