/** Who writes a model, as its file and its card tell. */
export const software = { producer: "systemhealer", producerVersion: "0.1.0" };
/** The same in one line, as a model's card has it. */
export const softwareName = `${software.producer} ${software.producerVersion}`;
