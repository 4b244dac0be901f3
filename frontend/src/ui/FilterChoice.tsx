import Select from "@cloudscape-design/components/select";

export interface FilterChoiceProps<V extends string> {
  readonly label: string;
  /** What stands there while nothing is chosen. */
  readonly any: string;
  readonly values: readonly V[];
  readonly nameOf: (value: V) => string;
  readonly value: V | undefined;
  readonly onChange: (value: V | undefined) => void;
}

/** One of several values, or any of them. */
export function FilterChoice<V extends string>({ label, any, values, nameOf, value, onChange }: FilterChoiceProps<V>) {
  const all = { value: "", label: any };
  return (
    <Select
      ariaLabel={label}
      expandToViewport
      selectedOption={value === undefined ? all : { value, label: nameOf(value) }}
      options={[all, ...values.map((each) => ({ value: each, label: nameOf(each) }))]}
      onChange={({ detail }) => onChange(values.find((each) => each === detail.selectedOption.value))}
    />
  );
}
