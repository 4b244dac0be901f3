import Box from "@cloudscape-design/components/box";
import { useVerdictText } from "./use-verdict-text.ts";
import type { Verdict } from "./verdict.ts";

/** What rows come to: the sentence that says most, and the others below it. */
export function VerdictWords({ verdict }: { readonly verdict: Verdict }) {
  const [sentence, ...others] = useVerdictText()(verdict);
  return (
    <div>
      <Box variant="h3" tagOverride="p" padding="n">
        {sentence}
      </Box>
      {others.map((text) => (
        <Box key={text} variant="p">
          {text}
        </Box>
      ))}
    </div>
  );
}
