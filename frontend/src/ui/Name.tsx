import { visible } from "@systemhealer/contract/visible";
import { Fragment } from "react";

/** After them a long name may go on in the next line; a browser breaks by itself after hyphens only. */
const joints = /(?<=[._/:])(?=\p{L})/u;

/**
 * A name out of a file, such as that of a KPI or a node, or a text with such names: nothing in it steers what is shown,
 * and long names break at their joints.
 */
export function Name({ children }: { readonly children: string }) {
  return visible(children)
    .split(joints)
    .map((part, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name have no other
      <Fragment key={place}>
        {place > 0 && <wbr />}
        {part}
      </Fragment>
    ));
}
