/** Tells the administrators. */
export interface Alerts {
  raise(alert: { readonly subject: string; readonly body: Readonly<Record<string, unknown>> }): Promise<void>;
}
