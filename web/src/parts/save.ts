// Has the browser keep a file: a value as JSON, or a file as it is.
export function save(name: string, value: unknown): void {
  const link = document.createElement("a");
  const file = value instanceof Blob ? value : new Blob([JSON.stringify(value, null, 2)], { type: "application/json" });
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
