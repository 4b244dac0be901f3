/**
 * Operators that a model of this package is made of. The sizes of what each gives follow from the file and
 * the number of rows; none runs a graph of its own.
 */
export const modelOperators = [
  "Abs",
  "Add",
  "Cast",
  "Clip",
  "Concat",
  "Conv",
  "Div",
  "Exp",
  "GRU",
  "Gather",
  "Gemm",
  "Greater",
  "Identity",
  "IsNaN",
  "Less",
  "Log",
  "LogSoftmax",
  "MatMul",
  "Max",
  "Min",
  "Mul",
  "Neg",
  "Not",
  "ReduceLogSumExp",
  "ReduceMean",
  "ReduceMin",
  "ReduceSum",
  "ReduceSumSquare",
  "Relu",
  "Reshape",
  "Round",
  "Sign",
  "Slice",
  "Softmax",
  "Split",
  "Sqrt",
  "Sub",
  "Sum",
  "TopK",
  "Transpose",
  "TreeEnsembleRegressor",
  "Where",
] as const;

/** What a graph that trains needs beside them; no model holds it. */
const trainingOperators = ["Expand", "HardSigmoid", "Loop", "RandomUniformLike", "Shape"] as const;

export type Operator = (typeof modelOperators)[number] | (typeof trainingOperators)[number];
