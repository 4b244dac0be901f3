import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";

export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly example?: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few, all of them in sight. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <FormField label={label}>
      <RadioGroup
        value={value}
        items={options.map(({ value: id, label: text, example }) => ({
          value: id,
          label: text,
          ...(example !== undefined && { description: example }),
        }))}
        onChange={({ detail }) => onChange(detail.value as T)}
      />
    </FormField>
  );
}
