/** The present; a parameter, so that rules about time can be tested. */
export type Clock = () => Date;
