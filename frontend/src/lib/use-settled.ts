import { useState } from "react";

/**
 * What a form begins with where nothing was chosen: once what it comes from has been read, it stays, so that a later
 * answer does not put another choice in the place of one that somebody has seen. @param isOnTheWay whether a newer
 * answer was asked for
 */
export function useSettled<T>(value: T | undefined, isOnTheWay: boolean): T | undefined {
  const [settled, settle] = useState<T>();
  if (settled === undefined && value !== undefined && !isOnTheWay) settle(value);
  return settled ?? value;
}
