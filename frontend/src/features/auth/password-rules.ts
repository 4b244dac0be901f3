/** What the user pool asks of a password, in the order in which it is shown. */
export const passwordRules = {
  ruleLength: (password: string) => password.length >= 12,
  ruleLower: (password: string) => /[a-z]/.test(password),
  ruleUpper: (password: string) => /[A-Z]/.test(password),
  ruleDigit: (password: string) => /\d/.test(password),
  /** The symbols that Cognito counts as such; a space only between others. */
  ruleSymbol: (password: string) => /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]/.test(password) || /\S \S/.test(password),
} as const;
export type PasswordRule = keyof typeof passwordRules;

export const isGoodPassword = (password: string): boolean =>
  Object.values(passwordRules).every((isMet) => isMet(password));
