/** The template asks for what the local stack cannot give; `problems` names each place. */
export class UnsupportedTemplateError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The local stack cannot run this template:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "UnsupportedTemplateError";
    this.problems = problems;
  }
}
