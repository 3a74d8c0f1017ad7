/** A test of a public suite that is known to fail here. */
export interface ExpectedFailure {
  /** `Class.method`, as the suite writes it. */
  readonly name: string;
  /** Why it fails: what the local org lacks, or what the test asks of an org. */
  readonly reason: string;
}

/**
 * Reads a list of expected failures: a line for each, `Class.method: reason`; empty lines and lines that begin with `#` are for people.
 * A line of another form is an error: read leniently it would silently excuse nothing, or the wrong test.
 */
export function parseExpectedFailures(text: string): readonly ExpectedFailure[] {
  const failures: ExpectedFailure[] = [];
  const seen = new Set<string>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name, reason] = /^(\w+\.\w+):\s+(\S.*)$/.exec(line) ?? [];
    if (name === undefined || reason === undefined) {
      throw new Error(`line ${index + 1} is not "Class.method: reason": ${line}`);
    }
    if (seen.has(name)) throw new Error(`line ${index + 1} lists ${name} again`);
    seen.add(name);
    failures.push({ name, reason });
  }
  return failures;
}
