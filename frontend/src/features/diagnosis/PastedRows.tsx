import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea, { type TextareaProps } from "@cloudscape-design/components/textarea";
import type { ModelView } from "@systemhealer/contract/model";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ClipboardEvent, useDeferredValue, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { inSequence } from "../../i18n/in-sequence.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { PastedAnswers } from "./PastedAnswers.tsx";
import { pasteInto } from "./paste-into.ts";
import { type PastedRows as Pasted, type PasteFault, readPastedRows } from "./paste-rows.ts";
import "./diagnosis.css";

/** The most rows of one request, as the contract's limits have it. */
const mostRows = 1_000;
/** Characters. Browsers take seconds to lay out a longer text in a field. */
const mostShown = 200_000;
/** Characters of a longer text. */
const previewLength = 2_000;

export interface PastedRowsProps {
  readonly model: ModelView;
  /** As it was pasted. */
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Rows copied out of a spreadsheet or a program, diagnosed at once. */
export function PastedRows({ model, text, onChange }: PastedRowsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const queries = useQueries();
  const { client } = useServices();
  const { modelId } = model;
  const { data: session } = useQuery(queries.session());
  const { data: summary, error, refetch } = useQuery(queries.modelSummary(modelId));
  const field = useRef<TextareaProps.Ref>(null);
  const isLong = text.length > mostShown;
  const bytes = useMemo(() => (isLong ? new Blob([text]).size : 0), [isLong, text]);
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pastedText = event.clipboardData.getData("text/plain");
    if (isLong || pastedText.length <= mostShown) return;
    event.preventDefault();
    onChange(pasteInto(event.currentTarget, pastedText));
  };
  const clear = () => {
    onChange("");
    field.current?.focus();
  };
  const maxRows = Math.min(mostRows, session?.limits.maxRowsPerRequest ?? mostRows);
  const deferred = useDeferredValue(text);
  const pasted = useMemo(
    () => summary && readPastedRows(deferred, { features: summary.card.features.map(({ name }) => name), maxRows }),
    [deferred, summary, maxRows],
  );
  const diagnosing = useMutation({
    mutationFn: async (read: Pasted) => ({
      read,
      answer: await client.call("diagnoseRows", { body: { modelId, rows: [...read.rows] } }),
    }),
  });
  if (!pasted) return <Pending error={error} refetch={refetch} />;
  const isReady = pasted.rows.length > 0 && pasted.faults.length === 0 && deferred === text;
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header variant="h2" description={t("diagnosis.pasteHint", { number: formats.integer(maxRows) })}>
            {t("diagnosis.pasteTitle")}
          </Header>
        }
      >
        <SpaceBetween size="m">
          <div className="pasted-rows">
            <FormField label={t("diagnosis.pasteLabel")} stretch>
              <Textarea
                ref={field}
                value={isLong ? `${text.slice(0, previewLength)}…` : text}
                readOnly={isLong}
                nativeTextareaAttributes={{ onPaste: paste }}
                rows={8}
                spellcheck={false}
                placeholder={placeholderOf(summary?.card.features.map(({ name }) => name) ?? [])}
                onChange={({ detail }) => onChange(detail.value)}
              />
            </FormField>
          </div>
          {isLong && (
            <SpaceBetween direction="horizontal" size="xs" alignItems="center">
              <span role="status">{t("diagnosis.pasteLong", { size: formats.bytes(bytes) })}</span>
              <Button onClick={clear}>{t("diagnosis.pasteClear")}</Button>
            </SpaceBetween>
          )}
          <PasteReport pasted={pasted} />
          <ErrorAlert error={diagnosing.error} />
          <Button
            variant="primary"
            disabled={!isReady}
            loading={diagnosing.isPending}
            onClick={() => diagnosing.mutate(pasted)}
          >
            {t("diagnosis.diagnoseRows")}
          </Button>
        </SpaceBetween>
      </Container>
      {diagnosing.data && (
        <PastedAnswers modelId={modelId} pasted={diagnosing.data.read} answer={diagnosing.data.answer} />
      )}
    </SpaceBetween>
  );
}

function placeholderOf(features: readonly string[]): string {
  const names = features.slice(0, 4);
  return `${names.join("\t")}\n${names.map((_, index) => (index + 1) * 1.5).join("\t")}`;
}

function PasteReport({ pasted }: { readonly pasted: Pasted }) {
  const { t } = useTranslation();
  const lists = useLists();
  const formats = useFormats();
  const { rows, known, other, hasHeader, faults } = pasted;
  const sentence = ({ code, row, column, found = "", expected = "" }: PasteFault) => {
    const place = [
      row === undefined ? "" : t("diagnosis.placeRow", { row: formats.integer(row) }),
      column === undefined ? "" : t("diagnosis.placeColumn", { column }),
    ].filter((words) => words !== "");
    const counts = code === "tooManyRows" && {
      found: formats.integer(Number(found)),
      expected: formats.integer(Number(expected)),
    };
    const text = t(`diagnosis.paste.${code}`, { found, expected, ...counts });
    return place.length > 0 ? t("common.fact", { name: lists.names(place), value: text }) : text;
  };
  if (faults.length > 0) {
    return (
      <Alert type="error" header={t("diagnosis.pasteFaults")} statusIconAriaLabel={t("common.error")}>
        <ul>
          {faults.map((fault) => (
            <li key={`${fault.code} ${fault.row} ${fault.column}`}>{sentence(fault)}</li>
          ))}
        </ul>
      </Alert>
    );
  }
  if (rows.length === 0) return null;
  return (
    <Box color="text-body-secondary">
      {inSequence([
        t(hasHeader ? "diagnosis.pasteRead" : "diagnosis.pasteReadPlain", {
          rows: formats.integer(rows.length),
          columns: formats.integer(known.length),
        }),
        other.length > 0 && t("diagnosis.pasteOther", { list: lists.names(other.slice(0, 5)) }),
      ])}
    </Box>
  );
}
