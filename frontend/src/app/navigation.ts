/** Entries of the navigation at the side, in its order; where one address begins another, the longer one comes later. */
export const navigation = [
  { href: "/", text: "nav.home" },
  { href: "/data", text: "nav.data" },
  { href: "/data/upload", text: "nav.upload" },
  { href: "/train", text: "nav.train" },
  { href: "/diagnose", text: "nav.diagnose" },
  { href: "/runs", text: "nav.runs" },
  { href: "/models", text: "nav.models" },
] as const;
