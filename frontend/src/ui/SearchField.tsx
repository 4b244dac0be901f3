import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";

export interface SearchFieldProps {
  readonly label: string;
  /** What is looked for now. */
  readonly search: string;
  /** Once the typing rests. */
  readonly onChange: (search: string) => void;
}

/** A text to look for. What is typed stays as it is, whenever the list follows: also where signs are composed. */
export function SearchField({ label, search, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(search);
  const [asked, setAsked] = useState(search);
  if (asked !== search) {
    setAsked(search);
    // A link, a step back or a button has asked for something else than was typed.
    if (typed.trim() !== search) setTyped(search);
  }
  return (
    <TextFilter
      filteringText={typed}
      filteringAriaLabel={label}
      filteringPlaceholder={label}
      onChange={({ detail }) => setTyped(detail.filteringText)}
      onDelayedChange={({ detail }) => onChange(detail.filteringText.trim())}
    />
  );
}
