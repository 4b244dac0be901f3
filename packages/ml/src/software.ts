/** Who writes a model, as its file and its card tell. */
export const software = { producer: "systemhealer", producerVersion: "0.1.0" };
