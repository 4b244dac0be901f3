import type { Page, PageRequest } from "@systemhealer/domain/ports/page";

export function pageRequest(query: { readonly limit: number; readonly cursor?: string | undefined }): PageRequest {
  return { limit: query.limit, ...(query.cursor !== undefined && { cursor: query.cursor }) };
}

export function viewPage<T, View>(page: Page<T>, view: (record: T) => View): { items: View[]; nextCursor?: string } {
  const items = page.items.map((record) => view(record));
  return page.nextCursor === undefined ? { items } : { items, nextCursor: page.nextCursor };
}

export function tagFilter({ tag }: { readonly tag?: string | undefined }): { readonly tag?: string } {
  return tag === undefined ? {} : { tag };
}
