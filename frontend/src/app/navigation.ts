/** Entries of the navigation at the side, in its order; where one address begins another, the longer one comes later. */
export const navigation = [
  { href: "/", text: "nav.home" },
  { href: "/data", text: "nav.data" },
  { href: "/data/upload", text: "nav.upload" },
  { href: "/train", text: "nav.train" },
  { href: "/diagnose", text: "nav.diagnose" },
  { href: "/clusters", text: "nav.clusters" },
  { href: "/runs", text: "nav.runs" },
  { href: "/models", text: "nav.models" },
] as const;

/** The same for administrators only. */
export const adminNavigation = [
  { href: "/admin/members", text: "nav.members" },
  { href: "/admin/quotas", text: "nav.quotas" },
  { href: "/admin/audit", text: "nav.audit" },
] as const;

export const settingsNavigation = [{ href: "/settings", text: "nav.settings" }] as const;
