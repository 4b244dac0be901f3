import { type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { ExternalStore } from "../lib/external-store.ts";

export interface OpenPanel {
  readonly title: string;
  readonly close: () => void;
}

const open = new ExternalStore<OpenPanel | undefined>(undefined);
const host = new ExternalStore<HTMLElement | null>(null);

/** What is to be shown beside the page; for the layout. */
export const useOpenPanel = (): OpenPanel | undefined => useSyncExternalStore(open.subscribe, open.get);

/** Where the layout has room for it. */
export const setPanelHost = (element: HTMLElement | null): void => host.set(element);

export interface SidePanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Shows its children in the panel beside the page, as long as it is drawn. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const element = useSyncExternalStore(host.subscribe, host.get);
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const panel = { title, close: () => latest.current() };
    open.set(panel);
    return () => open.update((current) => (current === panel ? undefined : current));
  }, [title]);
  return element && createPortal(children, element);
}
