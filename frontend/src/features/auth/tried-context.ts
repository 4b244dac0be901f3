import { createContext, useContext } from "react";

/** Whether somebody has tried to send the form around. */
export const TriedContext = createContext(false);

/** What is wrong with a field, once it should be said: nobody is told so while still typing for the first time. */
export function useSaidError(error: string | undefined): string | undefined {
  return useContext(TriedContext) ? error : undefined;
}
