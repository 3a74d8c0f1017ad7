/** PMD's security rules for Apex, at the severities that Salesforce Code Analyzer gives them. Needs Java. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const MAIN_CLASS = 'com.salesforce.sfca.pmdwrapper.PmdWrapper';

/** Critical and high, as Salesforce Code Analyzer counts. */
const WORST = 2;

/** A violation that PMD reports. */
export interface PmdIssue {
  readonly rule: string;
  /** Absolute. */
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** What a run looked at and found. */
export interface PmdReport {
  readonly rules: readonly string[];
  readonly issues: readonly PmdIssue[];
}

interface RuleInfo {
  readonly name: string;
  readonly languageId: string;
  readonly ruleSetFile: string;
}

interface Results {
  readonly violations: readonly {
    readonly rule: string;
    readonly message: string;
    readonly codeLocation: { readonly file: string; readonly startLine: number };
  }[];
  readonly processingErrors: readonly { readonly file: string; readonly message: string }[];
}

/**
 * Runs the security rules of severity 1 and 2 over Apex files.
 *
 * @throws Error when there is no Java, PMD breaks, or it could not read a file: such a file has not been checked
 */
export function runPmdSecurity(files: readonly string[]): PmdReport {
  const scratch = mkdtempSync(join(tmpdir(), 'partner-enablement-pmd-'));
  try {
    const rules = securityRules(scratch);
    const ruleSet = join(scratch, 'rules.xml');
    const references = rules.map((rule) => `<rule ref="${rule.ruleSetFile}/${rule.name}" />`);
    writeFileSync(
      ruleSet,
      `<?xml version="1.0"?><ruleset name="security" xmlns="http://pmd.sourceforge.net/ruleset/2.0.0"><description>security</description>${references.join('')}</ruleset>`,
    );
    const input = join(scratch, 'input.json');
    const output = join(scratch, 'results.json');
    const runDataPerLanguage = { apex: { filesToScan: files } };
    writeFileSync(input, JSON.stringify({ ruleSetInputFile: ruleSet, runDataPerLanguage }));
    java(['run', input, output]);
    const { violations, processingErrors } = JSON.parse(readFileSync(output, 'utf8')) as Results;
    if (processingErrors.length > 0) {
      const unread = processingErrors.map(({ file, message }) => `${file}: ${message}`);
      throw new Error(`PMD could not read every file:\n${unread.join('\n')}`);
    }
    const issues = violations.map(({ rule, message, codeLocation }) => ({
      rule,
      path: codeLocation.file,
      line: codeLocation.startLine,
      message: message.trim(),
    }));
    return { rules: rules.map(({ name }) => name), issues };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function engineFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('@salesforce/code-analyzer-pmd-engine'));
}

/** All that PMD knows about Apex, reduced to what Code Analyzer tags as security and takes seriously. */
function securityRules(scratch: string): RuleInfo[] {
  const output = join(scratch, 'described.json');
  const custom = join(scratch, 'custom.txt');
  writeFileSync(custom, '');
  java(['describe', output, custom, 'apex']);
  const known = JSON.parse(readFileSync(output, 'utf8')) as RuleInfo[];
  const { RULE_MAPPINGS } = createRequire(import.meta.url)(
    join(engineFolder(), 'pmd-rule-mappings.js'),
  ) as {
    RULE_MAPPINGS: Readonly<Record<string, { severity: number; tags: readonly string[] }>>;
  };
  return known.filter(({ name, languageId }) => {
    const mapped = RULE_MAPPINGS[name];
    const isSecurity = mapped?.tags.includes('Security') ?? false;
    return languageId === 'apex' && isSecurity && (mapped?.severity ?? WORST + 1) <= WORST;
  });
}

function java(args: readonly string[]): void {
  const { error, status, stdout, stderr } = spawnSync(
    'java',
    ['-XX:+UseSerialGC', '-cp', join(engineFolder(), 'java-lib', '*'), MAIN_CLASS, ...args],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (error !== undefined)
    throw new Error(
      `PMD needs Java 11 or newer on the PATH (on Debian: apt-get install default-jre-headless): ${error.message}`,
    );
  // Its own mistakes come on the standard output, with exit code 0.
  if (status !== 0 || /^\[Error\]/m.test(stdout))
    throw new Error(`PMD ended with ${String(status)}\n${stdout}${stderr}`);
}
