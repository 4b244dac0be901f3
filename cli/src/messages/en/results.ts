/** What a command has found or done. `{name}` stands for a parameter. */
export const results = {
  "profile-head": "{file}: {size}",
  "profile-rows":
    "{rows} {rows, row|rows} ({duplicates} repeated), {features} {features, KPI|KPIs} ({constant} constant{names})",
  "profile-gaps": "{share} of the KPI cells are gaps",
  "train-scores": "On {rows} {rows, row|rows} that the training never saw: macro-F1 {macroF1}, accuracy {accuracy}",
  "repeated-rows":
    "{rows} repeated {rows, row|rows} (the same numbers and class as an earlier one) {rows, was|were} left out",
  "train-few-rows": "Scores by fewer than five held-out rows say little: {classes}",
  "train-unused-steps": "{learner} takes numbers and gaps as they are; these have no effect: {options}",
  "train-done": "{model} ({size}) written in {seconds}; best epoch {epoch}",
  "cv-done":
    "{rows} {rows, row|rows} in {folds} {folds, fold|folds}: macro-F1 {macroF1} (spread {spread}), over all rows together {pooled}, accuracy {accuracy}; {seconds}",
  "cv-folds-lack-classes":
    "Of {classes} of the {of} {of, class|classes} some fold has no row: macro-F1 (macroF1) is then over the classes present in each fold, which can be far too high. The one to read is macro-F1 over all rows together (pooledMacroF1).",
  "cv-fewer-folds": "The rows allow for {folds} {folds, fold|folds} only, instead of {ordered}.",
  "leaderboard-scored": "scored",
  "leaderboard-stopped-early": "stopped early",
  "leaderboard-failed": "failed",
  "leaderboard-clearly-worse": "stopped: clearly worse",
  "leaderboard-out-of-time": "left out: not enough time",
  "leaderboard-did-not-converge": "failed: did not converge",
  "leaderboard-out-of-memory": "failed: out of memory",
  "leaderboard-data-unusable": "failed: cannot learn from these rows",
  "leaderboard-internal": "failed: an unexpected error",
  "diagnose-unknown-rows":
    "{rows} {rows, row|rows} ({share}) {rows, is|are} unlike any class that the model learned: unknown faults",
  "diagnose-done":
    "{rows} {rows, row|rows} diagnosed in {seconds} ({rate} {rate, row|rows} per second), mean confidence {confidence}",
  "diagnose-missing":
    "{count} {count, KPI|KPIs} of the model {count, is|are} not in the file and {count, was read as a gap|were read as gaps}: {names}",
  "diagnose-unknown":
    "{count} {count, column|columns} of the file {count, is|are} not known to the model and {count, was|were} not used: {names}",
  "diagnose-scores": "Compared with the labels of {rows} {rows, row|rows}: macro-F1 {macroF1}, accuracy {accuracy}",
  "evaluate-left-out": "{rows} {rows, row|rows} of the file that --labelled holds {rows, is|are} not scored.",
  "evaluate-scores": "{rows} {rows, row|rows}: macro-F1 {macroF1}, accuracy {accuracy}",
  "classes-present":
    "{present} of {classes} {classes, class|classes} {present, occurs|occur} in this file; a class that is only diagnosed counts 0 in macro-F1",
  "anomaly-rows":
    "{rows} {rows, row|rows} ({share}) {rows, is|are} anomalous; of normal rows about {chance} would be, with {expected} {expected, KPI|KPIs} beyond z = {threshold} each by chance",
  "anomaly-kpis": "KPIs most often beyond (rows): {kpis}",
  "health-file":
    "{kpis, The|All} {kpis} {kpis, KPI is within its normal range|KPIs are within their normal ranges} ({inside} of the numbers inside, {expected} expected)",
  "health-nodes":
    "{kpis, The|All} {kpis} {kpis, KPI|KPIs} of {nodes, the|all} {nodes} {nodes, node|nodes} {kpis, is within its normal range|are within their normal ranges} ({inside} of the numbers inside, {expected} expected)",
  "health-stray":
    "{healthy} of {nodes} {nodes, node|nodes} {healthy, has|have} {kpis, the|all} {kpis} {kpis, KPI within its normal range|KPIs within their normal ranges} ({inside} of the numbers inside, {expected} expected)",
  "health-stray-file":
    "{outside} of {kpis} {kpis, KPI|KPIs} {outside, is outside its|are outside their} normal range ({inside} of the numbers inside, {expected} expected)",
  "health-none": "none",
  "health-rows": "none, but too many rows stray",
  "health-all": "all rows",
  "baseline-model": "Held against the {rows} {rows, row|rows} of the file that the model was trained on",
  "baseline-normal": "Held against {rows} {rows, row|rows} of normal operation",
  "baseline-own": "No row is known to be normal: held against what most of {rows} rows have in common",
  "baseline-class": "Held against {rows} {rows, row|rows} of the class {name}",
  "detect-done": "{rows} {rows, row|rows} in {seconds}",
  "classes-alike": "These classes differ only in case, width or blanks, and are learned as different ones: {names}",
  "detect-no-numbers": "None of the {kpis} KPIs of {file} has a number: there is nothing to judge.",
  "detect-too-few-rows": "{file} has too few normal rows for means and deviations; at least 10 are needed.",
  "detect-other-kpis": "{missing} of the {kpis} KPIs to be held against {missing, is|are} not in the file.",
  "normal-or-model": "Give --normal or --model, not both.",
  "normal-class-needs-verify": "--normal-class goes with --verify.",
  "class-unknown-to-model": "{file} knows no class {name}.",
  "end-state-open": "Faults were found; nobody has verified yet that they are gone (runs diagnose … --verifies).",
  "end-state-recovered": "The system is back to normal, as {run} found ({at}).",
  "end-state-not-recovered": "The system is not back to normal, as {run} found ({at}).",
  "normal-class-of-model": "--normal-class goes with rows, not with --model.",
  "normal-class-unknown": "{file} has no row of the class {name}.",
  "model-without-baseline": "{file} knows no means and deviations: it was trained by an older version.",
  "groups-kpis":
    "{groups} {groups, group of KPIs moves|groups of KPIs move} together (rank correlation from {correlation}); {alone} {alone, KPI moves|KPIs move} alone",
  "groups-none": "No two KPIs move together (rank correlation from {correlation})",
  "groups-nodes": "{nodes} {nodes, node|nodes}, {groups} {groups, group that behaves|groups that behave} alike",
  "cluster-done": "{rows} {rows, row|rows} in {clusters} {clusters, group|groups}, in {seconds}",
  "cluster-done-noise":
    "{rows} {rows, row|rows} in {clusters} {clusters, group|groups}, in {seconds}; {noise} {noise, row|rows} in none (-1)",
  "cluster-next":
    "Look at the typical rows, then name groups: systemhealer label {file} {clusters} --name 0=… --out labelled.csv",
  "label-done": "{file}: {rows} {rows, row|rows} with a label; {omitted} left out",
  "stage-adapting": "Adapting",
  "option-adapt":
    "First adapt the model to the file's rows; their labels are only used for the scores. Scored is what the adaptation says of these rows; the model that adapt writes says nearly the same (studentAgreement), and is scored by evaluating it.",
  "option-labelled": "A few labelled rows of the same environment; those that are in the file as well are not scored.",
  "option-labelled-dataset": "A data set with a few rows of the new environment whose class is known.",
  "option-adapted-out": "Where the adapted model is written.",
  "option-few": "A few labelled rows of the same environment, of the file or others.",
  "labelled-needs-single-rows": "--labelled does not go with a model that answers from windows of rows.",
  "adapt-no-sample":
    "The model carries no training rows to adapt it from (it was trained without keepSample or by an older version, or its answers are told from windows of rows). Train one with keepSample, by a learner of single rows, and adapt that.",
  "adapt-too-few-rows":
    "{rows} {rows, row is|rows are} too few to tell what {rows, its|their} environment is like; at least {least} are needed.",
  "adapt-no-usable-columns":
    "None of the {columns} {columns, KPI|KPIs} both varies in the file and tells the model's classes apart (which takes three training rows of a class); there is nothing to adapt by.",
  "adapt-contradicting-labels":
    "{rows} labelled {rows, row is|rows are} the same as an earlier one but of another class (number and class of both rows: {pairs}). Correct the class, or leave both out.",
  "adapt-verdict-unchanged": "The file is no other environment than that of the training; the model is left as it is.",
  "adapt-verdict-few-states":
    "The file is of another environment, but holds hardly more than one state: it does not tell what that environment is like. The model is left as it is, and how many rows it diagnoses right is not known. Give rows of several states, or label a few of each class and give them with --labelled.",
  "adapt-verdict-reliable":
    "The adaptation looks reliable: {expected} of the rows are expected to be right (95 % interval {low} to {high}).",
  "adapt-verdict-usable":
    "The adaptation is usable, with care: {expected} of the rows are expected to be right (95 % interval {low} to {high}).",
  "adapt-verdict-doubtful":
    "The adaptation is doubtful: {expected} of the rows are expected to be right (95 % interval {low} to {high}). Label a few rows and give them with --labelled.",
  "adapt-evidence":
    "Learned back, the diagnoses reach macro-F1 {reverse} on {sourceRows} training {sourceRows, row|rows}; the views agree on {agreement} of the rows, {unstable} are unstable.",
  "adapt-labelled":
    "{labelled} labelled {labelled, row|rows} used; {scored} of them {scored, is|are} in the file and not scored, {ignored} {ignored, has|have} no class that the model knows.",
  "adapt-done": "{model} ({size}) fitted to {rows} {rows, row|rows} in {seconds}",
  "adapt-same": "{model} ({size}) is the same model; {rows} {rows, row was|rows were} looked at in {seconds}",
  "inspect-file": "{file}: {size}",
  "inspect-trained": "Trained by {learner} on {rows} {rows, row|rows}, {time}, {software}",
  "inspect-scores": "macro-F1 {macroF1}, accuracy {accuracy} on rows that the training never saw",
  "inspect-adapted":
    "Adapted from the model {parent} to {rows} {rows, row|rows}, {labelled} of them labelled; an accuracy of {accuracy} is expected there, not measured",
  "inspect-input": "Input  {name}: {type} [{shape}], NaN for a gap",
  "inspect-output": "Output {name}: {type} [{shape}]",
  "inspect-features": "{used} of {count} {count, KPI|KPIs} used (others in parentheses):",
  "inspect-classes": "Classes: {classes}",
  "inspect-classes-left-out": "Left out of the training for having too few rows, and not known: {classes}",
  "inspect-settings": "Settings:",
  "simulate-done": "{rows} {rows, row|rows} written to {file} ({size}) in {seconds}",
  "simulate-plainly": "This is simulated data: no system behaved like this.",
  "ask-email": "E-mail address: ",
  "ask-password": "Password: ",
  "ask-new-password": "Choose a new password: ",
  "signed-in": "Signed in as {email}, workspace {workspace}, role {role}.",
  "signed-out": "Signed out.",
  "was-not-signed-in": "Nobody was signed in.",
  "not-revoked": "The tokens are deleted here, but the installation could not be told.",
  "upload-sent": "{size} sent in {seconds} ({rate}/s): {id}",
  "dataset-ready": "{id} is ready: {rows} {rows, row|rows}.",
  "dataset-state": "{id} is {status}.",
  deleted: "{id} is deleted.",
  more: "There are more: --cursor {cursor}",
  "download-restored": "The stored file {file} was lost or damaged; it was restored from an earlier version.",
  "download-done": "{file} ({size})",
} as const;
