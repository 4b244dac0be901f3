import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { visible } from "@systemhealer/contract/visible";

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

export interface ChoiceFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly choices: readonly Choice[];
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
  /** What stands there while nothing is chosen. */
  readonly placeholder?: string;
}

/** More of them are searched. */
const mostSeen = 10;

/** One of several records. */
export function ChoiceField({ label, description, choices, value, onChange, placeholder }: ChoiceFieldProps) {
  const options = choices.map((choice) => ({ ...choice, label: visible(choice.label) }));
  return (
    <FormField label={label} description={description}>
      <Select
        selectedOption={options.find((choice) => choice.value === value) ?? null}
        options={options}
        filteringType={choices.length > mostSeen ? "auto" : "none"}
        {...(placeholder !== undefined && { placeholder })}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
