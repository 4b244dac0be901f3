import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { apiClock, BusyClock } from "../lib/busy-clock.ts";
import "./busy-notice.css";

/** A call that takes longer is spoken of. */
const patienceMilliseconds = 1_000;
const tickMilliseconds = 250;

/** Says that the system is busy, and for how long, where any call of the API takes over a second. */
export function BusyNotice() {
  const { t } = useTranslation();
  const seconds = useLongestWait();
  return (
    <div role="status" className="busy-notice" hidden={seconds === 0}>
      {seconds > 0 && <StatusIndicator type="loading">{t("common.busyFor", { seconds })}</StatusIndicator>}
    </div>
  );
}

function useLongestWait(): number {
  const queryClient = useQueryClient();
  const clock = useRef(new BusyClock());
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const note = (call: string, isOn: boolean) => {
      if (isOn) clock.current.start(call, performance.now());
      else clock.current.end(call);
    };
    const stops = [
      queryClient.getQueryCache().subscribe(({ query, type }) => {
        note(`query ${query.queryHash}`, type !== "removed" && query.state.fetchStatus === "fetching");
      }),
      queryClient.getMutationCache().subscribe(({ mutation, type }) => {
        if (!mutation) return;
        const isOn = type !== "removed" && mutation.state.status === "pending" && !mutation.meta?.isLong;
        note(`mutation ${mutation.mutationId}`, isOn);
      }),
    ];
    const timer = setInterval(() => {
      const now = performance.now();
      const wait = Math.max(clock.current.longestWait(now), apiClock.longestWait(now));
      setSeconds(wait > patienceMilliseconds ? Math.floor(wait / 1_000) : 0);
    }, tickMilliseconds);
    return () => {
      clearInterval(timer);
      for (const stop of stops) stop();
    };
  }, [queryClient]);
  return seconds;
}
