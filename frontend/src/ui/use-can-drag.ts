import { useSyncExternalStore } from "react";

const fingersOnly = matchMedia("(hover: none) and (pointer: coarse)");

function subscribe(listener: () => void): () => void {
  fingersOnly.addEventListener("change", listener);
  return () => fingersOnly.removeEventListener("change", listener);
}

/** Whether files can be dragged here at all: not on a phone. */
export const useCanDrag = (): boolean => useSyncExternalStore(subscribe, () => !fingersOnly.matches);
