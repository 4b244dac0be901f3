/** `{name}` stands for a parameter. Keys are the codes of findings, failures and problems. */
export const en = {
  // Findings: why a file is no data set.
  "empty-file": "The file is empty. Expected a header line and at least one row.",
  "no-rows": "The file has a header but no row. Expected at least one row below it.",
  "not-csv": "The file is no CSV but {found}. Export the table as CSV (UTF-8) and use that file.",
  "not-utf8": '{place}: this is not UTF-8: {found}. Save the file as UTF-8 (in Excel: "CSV UTF-8").',
  "not-gzip":
    "The compressed file is damaged or cut off ({found}). Expected a whole gzip stream; compress or copy it again.",
  "missing-header": "The first line is no header: {found}. Expected column names.",
  "carriage-returns-only":
    "The lines end with a carriage return alone (CR, as on an old Mac). Save the file with line feeds (LF, or CR LF).",
  "duplicate-column": "Column {column} stands more than once in the header. Expected each name once.",
  "empty-column-name": "A column has no name (position {found}). Give it one in the header.",
  "missing-column": "Column {expected} is missing.",
  "extra-column": "Column {column} is not expected here.",
  "renamed-column": "Column {found} stands where {expected} is expected.",
  "too-few-cells": "{place}: {found} {found, cell|cells}; expected {expected}.",
  "too-many-cells": "{place}: {found} {found, cell|cells}; expected {expected}.",
  "unclosed-quote": '{place}: a quote (") is opened and never closed. Close it, or write two for one.',
  "not-a-number": "{place}, column {column}: found {found}; expected a number such as 12.5 or 1e9, or an empty cell.",
  "not-finite":
    "{place}, column {column}: found {found}; expected a finite number, or an empty cell where there is none.",
  "no-label-column":
    "No column holds the fault class. Expected one named {expected}, or name the column that holds it.",
  "several-label-columns":
    "More than one column could hold the fault class: {found}. Name the one that does, or give the others another name.",
  "no-feature-columns": "No column holds KPI values. Expected at least one beside the fault class and the sample id.",
  "missing-label": "{place}: column {column} is empty. Expected a fault class.",
  "one-class-only": "All rows have the class {found}. Expected at least two classes.",
  "class-too-small": "Class {column} has {found} {found, row|rows}[ (row {row})]. Expected at least {expected}.",
  "class-left-out":
    "Class {column} has {found} {found, row|rows} only (row {row}) and is left out of the training, which needs at least {expected}: the model will not know this fault, and takes it for unknown or for another class. Add rows of it, or take the row away.",
  "too-many-columns": "The file has {found} KPI columns; at most {expected} are allowed.",
  "too-many-rows": "The file has more than {expected} {expected, row|rows}.",
  "too-many-classes":
    "The file has more than {expected} {expected, class|classes}. Is {column} really the fault class?",
  "file-too-large": "The file has {found} bytes; at most {expected} are allowed.",
  "cell-too-long": "{place}, column {column}: a cell has more than {expected} bytes.",
  "validation-interrupted": "The check of this file was interrupted. Send it again.",

  // Failures: why a run failed.
  "worker-lost": "The worker ended before the run did. Nothing was changed; start it again.",
  "worker-silent": "The worker gave no sign of life for {seconds} seconds and was stopped. Start it again.",
  "worker-crashed": "The worker ended with an error ({reason}).",
  "out-of-memory": "The worker ran out of memory[ ({memoryMiB} MiB)]. Use fewer rows or columns.",
  "out-of-time": "The run took longer than the {seconds} seconds it may take. Use fewer rows or lighter settings.",
  "did-not-converge":
    "The training of {learner} did not converge: the loss was no number in epoch {epoch}. Try a lower learning rate.",
  "data-unusable": "The data set cannot be learned from: {reason}.",
  "data-changed": "The file of the data set is no longer the one that was checked. Upload it again.",
  "model-unusable": "The stored model is damaged or unreadable: {reason}.",
  "model-check-failed":
    "The written model does not answer as the trained one does (difference {difference} on {rows} {rows, row|rows}). It was not stored.",
  "columns-do-not-match":
    "Only {found} of the {expected} {expected, KPI|KPIs} that the model looks at {found, is|are} there; at least half are needed. Missing: {missing}[ and {more} more].",
  "could-not-start": "The run could not be started. Try it again.",
  internal: "Something went wrong on our side. It has been recorded.",

  // Problems: why a request was refused.
  unauthorized: "Sign in first.",
  "request-too-large": "The request is larger than the service takes.",
  unavailable: "The service cannot answer at the moment. Try again shortly.",
  "answer-unreadable": "The server refused with status {status} and gave no reason.",
  "no-workspace": "This account belongs to no workspace yet.",
  "role-too-low": "This needs the role {needed}; yours is {held}.",
  "route-unknown": "There is no {method} {path}.",
  "body-not-json": "The body is not JSON: {reason}.",
  "body-too-large": "The body has {found} bytes; at most {expected} are allowed.",
  "answer-too-large":
    "The answer has {found} bytes; at most {expected} fit into one. Ask for fewer rows or items at once, or download the file.",
  "input-invalid": "The request is not as expected: {pointer}: {reason}.",
  "cursor-unreadable": "The cursor is not one of this list. Start again without it.",
  "dataset-not-found": "There is no data set {id}.",
  "model-not-found": "There is no model {id}.",
  "run-not-found": "There is no run {id}.",
  "object-not-found": "A stored file is missing: {name}.",
  "file-lost":
    "The stored file {name} of {id} is lost or damaged, and no former version of it is whole. Train the model or start the run again.",
  "no-active-model": "No model is active. Train one, or name a model.",
  "sha256-needed": "A file sent with one request needs its SHA-256.",
  "dataset-not-ready": "Data set {id} is {status}; it has to be ready.",
  "dataset-not-for-training": "Data set {id} was uploaded for diagnosis and has no checked labels.",
  "dataset-without-labels": "Data set {id} has no row with a fault class.",
  "model-without-sample":
    "Model {id} carries no training rows to adapt it from. Train it with keepSample, and adapt that one.",
  "dataset-not-validating": "Data set {id} is {status}; it is not being checked.",
  "dataset-not-rejected": "Data set {id} is {status} and has no validation report.",
  "upload-ended": "The upload of data set {id} has ended; it is {status}.",
  "upload-is-single": "Data set {id} is sent with one request; it has no parts.",
  "upload-gone": "The upload of data set {id} has expired or was given up. Announce the file again.",
  "upload-incomplete": "The upload of data set {id} is not complete: {found} of {expected} bytes have arrived.",
  "part-number-too-high": "There is no part {found}; the upload has {expected} {expected, part|parts}.",
  "no-histograms": "Data set {id} was checked before histograms were kept. Send the file again to get them.",
  "dataset-rejected": "Data set {id} was rejected; it has a report instead.",
  "dataset-in-use": "Data set {id} is used by {user}.",
  "model-in-use": "Model {id} is used by {user}.",
  "model-active": "Model {id} is the active model. Make another one active first.",
  "run-ended": "Run {id} has ended already; it is {status}.",
  "run-status": "Run {id} is {status}; it has to be {wanted}.",
  "run-not-ended": "Run {id} is {status}; it has to end first.",
  "run-has-model": "Run {id} has made the model {model}. Delete that first.",
  "run-not-retryable": "Run {id} is {status}; only a failed or cancelled run can be retried.",
  "verifies-no-diagnosis": "Run {id} is of the kind {kind}; only a diagnosis can be verified.",
  "verifies-unfinished": "Diagnosis {id} is {status}; it has to succeed before it can be verified.",
  "verifies-other-model": "Diagnosis {id} was made with the model {model}; it is verified with the same one.",
  "verifies-same-data":
    "These are the records that diagnosis {id} was made of. Bring newer ones, from after the repair.",
  "no-such-class": "The model knows no class {name}.",
  "normal-class-unasked": "A normal class is named only where another diagnosis is verified.",
  "no-such-cluster": "The run has found no group {cluster}.",
  "run-has-no-results": "Run {id} is {status} and has no results.",
  "no-results-index":
    "The results of run {id} have no index; they are from before pages were kept. Download them, or repeat the run.",
  "too-many-rows-at-once":
    "{found} {found, row is|rows are} too many for one request; at most {expected}. Upload a file instead.",
  "object-too-large": "The stored file {name} has {found} bytes; at most {expected} can be shown. Download it.",
  "changed-meanwhile": "{record} was changed by somebody else meanwhile. Look again.",
  "edited-meanwhile": "{user} has changed {record} since you looked ({at}). Look again before you change it.",
  "member-not-found": "There is no member {id}.",
  "account-exists": "{email} has an account already. One address belongs to one workspace.",
  "not-yourself": "You cannot change your own role or remove yourself; ask another administrator.",
  "removed-member": "This account was removed from the workspace.",
  "quota-storage":
    "The workspace may hold {expected} bytes; with this file it would be {found}. Delete data sets, models or runs, or raise the quota.",
  "quota-runs":
    "{found} {found, run is|runs are} queued or running; the workspace may have {expected} at once. Wait for one to end, or raise the quota.",
  "quota-too-high": "{name} may be {expected} at most in this installation; {found} is more.",
  "follow-up-unfit": "A data set for {purpose} cannot be followed by {followUp}.",
  "import-not-found": "No file has arrived for {id}, or it has been given up after a day. Announce it again.",
  "model-refused": "This file cannot be imported: {reason}.",
  "already-exists": "{record} exists already.",
  "too-many-requests": "Too many requests at once. Try again shortly[: in {seconds} {seconds, second|seconds}].",

  "recovery-recovered": "The system is back to normal.",
  "recovery-not-recovered": "The system is not back to normal.",
  "recovery-cannot-tell": "Whether the system is back to normal cannot be told.",
  "recovery-by": "Judged by {judged} of {rows} {rows, row|rows}[, from {from} to {to}].",
  "recovery-changed": "The state changed within the file: judged are the rows since {from}.",
  "recovery-fault-rows": "{share} of the rows are diagnosed as a fault; of normal rows, {expected} are.",
  "recovery-faulty-nodes": "Faults are left on some nodes: {nodes}.",
  "recovery-kpis-outside": "KPIs are still outside their normal range: {kpis}.",
  "recovery-anomalous-rows": "{share} of the rows stray from normal values; by chance, {expected} do.",
  "recovery-unknown-rows": "{share} of the rows are unlike anything learned; of known rows, {expected} are.",
  "recovery-no-normal-class": "None of the model's classes is called normal. Name the one that has no fault.",
  "recovery-no-reference": "The model does not know what is normal. Train it again with this version.",
  "recovery-other-environment":
    "The KPIs live in other ranges than in training: this is another environment, or a fault that was never learned. Adapt the model, or look at the rows.",
  "recovery-unsure-faults":
    "{share} of the rows are diagnosed as a fault; of normal rows, {expected} are. That is too many to be sure that all is well, and too few to be sure that it is not. Bring more records.",
  "recovery-too-few-rows":
    "{rows} normal {rows, row is|rows are} too few; at least {needed} {needed, is|are} needed. Bring more records.",

  "shift-same": "The {kpis} {kpis, KPI lives where it|KPIs live where they} lived in training.",
  "shift-partly-other":
    "{shifted} of {kpis} {kpis, KPI|KPIs} {shifted, lives|live} in another range than in training; diagnoses that lean on them may be wrong.",
  "shift-other":
    "{shifted} of {kpis} {kpis, KPI|KPIs} {shifted, lives|live} in another range than in training; the accuracy that the model was tested with will not hold.",
} as const;

export type MessageCode = keyof typeof en;
