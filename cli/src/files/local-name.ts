import { withoutSteering } from "@systemhealer/contract/visible";

/** Names of devices, which Windows takes for them in any folder and with any ending. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;
const maxCharacters = 200;

/**
 * A name that a server gives, as that of a file in the folder one is in: it leads to no other folder, and every system
 * takes it.
 */
export function localName(name: string): string {
  const plain = withoutSteering(name, "_")
    .replace(/[<>:"/\\|?*]/g, "_")
    // Windows leaves these out, so that two names would be one.
    .replace(/[. ]+$/, "")
    .slice(-maxCharacters)
    .toWellFormed();
  if (plain === "") return "download";
  return devices.test(plain) || plain.startsWith("-") ? `_${plain}` : plain;
}
