import { visible } from "@systemhealer/contract/visible";
import { RouterLink } from "./RouterLink.tsx";
import "./list-name.css";

export interface ListNameProps {
  readonly to: string;
  readonly name: string;
}

/** The name of a record in a list, which leads to its page; of a very long one the first lines, whole when pointed at. */
export function ListName({ to, name }: ListNameProps) {
  return (
    <span className="list-name" title={visible(name)}>
      <RouterLink to={to}>{visible(name)}</RouterLink>
    </span>
  );
}
