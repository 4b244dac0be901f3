/** Has the browser save a text that the page holds. */
export function saveText(fileName: string, type: string, text: string): void {
  saveBlob(fileName, new Blob([text], { type }));
}

/** Has the browser save what the page holds. */
export function saveBlob(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  saveFrom(url, fileName);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Has the browser save what an address answers; the address says itself that it is to be saved. */
export function saveFrom(url: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.rel = "noopener";
  link.click();
}
