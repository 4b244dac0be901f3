import "./notes.css";

/** What people wrote on a record, with their lines; nothing where they wrote nothing. */
export function Notes({ notes }: { readonly notes?: string | undefined }) {
  if (!notes) return null;
  return <span className="notes">{notes}</span>;
}
