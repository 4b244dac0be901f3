/** What the command says of itself, of its usage and of a wrong one. `{name}` stands for a parameter. */
export const help = {
  about: "SystemHealer learns the faults of a distributed system from its KPIs and diagnoses new ones.",
  "about-version": "Show the version.",
  "about-help": "Show help.",
  "about-exit-codes": `Exit codes:
  0    done
  1    something unexpected
  2    wrong usage
  3    the input file is unusable (see the list of findings)
  4    not signed in, or not allowed
  5    not found, or in conflict with the present state
  6    a run failed or was cancelled, or a training did not succeed
  7    the address cannot be reached
  130  interrupted (Ctrl-C)
  141  the reader of standard output went away
  143  told to end`,
  "title-Usage": "Usage:",
  "title-Arguments": "Arguments:",
  "title-Options": "Options:",
  "title-Global-Options": "Global options:",
  "title-Commands": "Commands:",
  "help-required": "required",
  "help-choices": "choices: {choices}",
  "help-default": "default: {default}",
  "help-environment": "Without a terminal, SYSTEMHEALER_EMAIL and SYSTEMHEALER_PASSWORD are read instead.",
  "usage-unknown-command": "There is no command {first}.",
  "usage-unknown-option": "There is no option {first}.",
  "usage-option-needed": "The option {first} is needed.",
  "usage-option-value-missing": "The option {first} needs a value.",
  "usage-argument-needed": "The argument <{first}> is needed.",
  "usage-too-many-arguments": "These are too many arguments for {first}: {rest}.",
  "usage-value-invalid": "{first}: {second} is not possible; expected one of {rest}.",
  "usage-did-you-mean": "Did you mean {first}?",
  "option-json": "Print exactly one JSON object on standard output.",
  "option-lang": "Language of the sentences (default: from LANG).",
} as const;
