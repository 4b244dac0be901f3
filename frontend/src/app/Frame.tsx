import { Outlet } from "react-router";
import { BusyNotice } from "../ui/BusyNotice.tsx";
import { TopBar } from "./TopBar.tsx";

/** What surrounds every page. */
export function Frame() {
  return (
    <>
      <TopBar />
      <Outlet />
      <BusyNotice />
    </>
  );
}
