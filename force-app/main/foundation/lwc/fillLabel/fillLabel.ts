/** Puts values into the placeholders `{0}`, `{1}`, … of a custom label. */
export function fillLabel(label: string, ...values: readonly (string | number)[]): string {
  return label.replace(/\{(\d+)\}/g, (placeholder, position: string) =>
    String(values[Number(position)] ?? placeholder),
  );
}
