import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { COVERAGE_FORMATTERS } from './coverage-formatters.ts';
import type { CoverageFormatter } from './coverage-formatters.ts';
import { ExitCode } from './exit-codes.ts';
import type { CommonFlags } from './options.ts';
import { runCommand } from './run-command.ts';
import type { Outcome, Terminal } from './run-command.ts';

/**
 * The command line: the words of the Salesforce CLI. Each command lives in a file of its own and is loaded only when called, so that `apex run test` does
 * not pay for the web server.
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.good;
  const wantsJson = args.includes('--json');
  const run =
    <F extends CommonFlags>(load: () => Promise<(flags: F) => Outcome | Promise<Outcome>>) =>
    async (flags: F): Promise<void> => {
      exitCode = await runCommand(terminal, flags.json === true, async () => (await load())(flags));
    };

  const program = configure(new Command('local-org'), terminal)
    .description(
      'A small Salesforce on your machine: runs the Apex, metadata and components of a Salesforce DX project',
    )
    .showHelpAfterError('(add --help for the flags)');

  common(program.command('start'))
    .description(
      'Deploy the project into the local org, load the demo data once, and serve it to the browser',
    )
    .addOption(new Option('--port <number>', 'port to listen on').argParser(portNumber))
    .option('--reset', 'forget the data of this org, and what was deployed to it, first', false)
    .option(
      '--empty',
      'an org without source of its own, to deploy to with the Salesforce CLI',
      false,
    )
    .addOption(assume())
    .action(run(async () => (await import('./commands/start.ts')).start));

  const apex = group(program, 'apex', 'Run Apex');
  const apexRun = common(apex.command('run', { isDefault: false }))
    .description('Run anonymous Apex from a file or standard input')
    .option('-f, --file <path>', 'file with Apex statements; standard input without it')
    .option('--as-user <username>', 'user to run as; the administrator without it')
    .action(run(async () => (await import('./commands/apex-run.ts')).apexRun));
  common(apexRun.command('test'))
    .description('Compile everything and run Apex tests; the data of a started org is not touched')
    .option('-n, --class-names <names>', 'test classes, separated by commas', list)
    .option('-t, --tests <names>', 'test methods as Class.method, separated by commas', list)
    .option('-c, --code-coverage', 'count the lines that ran', false)
    .addOption(formats(['human', 'json', 'junit', 'tap']))
    .addOption(
      new Option(
        '--coverage-formatters <names>',
        'files of the coverage to write, such as lcovonly or html; separated by commas',
      ).argParser(coverageFormatters),
    )
    .option('-d, --output-dir <dir>', 'folder for the result and the coverage as files')
    .addOption(
      new Option('--workers <number>', 'processor cores to run test classes on')
        .argParser(wholeNumber(1))
        .default(1),
    )
    .option('--watch', 'stay and run again what a change of source touches', false)
    .addOption(
      new Option('--inspect [port]', 'wait for a debugger; it stops on lines of Apex')
        .argParser(portNumber)
        .preset(9229)
        .conflicts(['watch', 'workers']),
    )
    .addOption(
      new Option(
        '--seed <number>',
        'the same random numbers and Ids at every run of a test',
      ).argParser(wholeNumber(0)),
    )
    .addOption(
      new Option(
        '--frozen-time <time>',
        'clock of the tests, such as 2027-03-31T23:59:00Z',
      ).argParser(timeStamp),
    )
    .option(
      '--audit-sharing',
      'hold what is stored about sharing to records after each test',
      false,
    )
    .addOption(
      new Option('--shape <name>', 'partner features of the org that tests run in').choices([
        'prm-three-roles',
        'prm-one-role',
        'prm-off',
      ]),
    )
    .addOption(assume())
    .action(run(async () => (await import('./commands/apex-run-test.ts')).apexRunTest));

  const data = group(program, 'data', 'Query data');
  common(data.command('query'))
    .description('Run SOQL as a user, with sharing, object and field access enforced')
    .requiredOption('-q, --query <soql>', 'the query')
    .option('--as-user <username>', 'user to run as; the administrator without it')
    .addOption(formats(['human', 'json', 'csv']))
    .action(run(async () => (await import('./commands/data-query.ts')).dataQuery));

  const access = group(program, 'access', 'Explain access');
  common(access.command('preview'))
    .description('Say what a user sees, at which level, and why; or the first layer that says no')
    .option('--as-user <username>', 'user to explain, one that cannot log in included')
    .option('--object <name>', 'only this object')
    .option('--record <id>', 'only this record, visible or not; may be repeated', collect)
    .addOption(
      new Option('--limit <number>', 'records to list of each object')
        .argParser(wholeNumber(0))
        .default(10),
    )
    .addOption(
      new Option(
        '--as-contact <id>',
        'contact without a user, as if enabled: in the local org only, and undone at once',
      ).conflicts('asUser'),
    )
    .option('--profile <name>', 'profile that the contact would get')
    .addOption(
      new Option('--tier <name>', 'tier that the contact would get')
        .choices(['User', 'Manager', 'Executive'])
        .default('User'),
    )
    .addOption(assume())
    .action(run(async () => (await import('./commands/access-preview.ts')).accessPreview));

  common(access.command('audit'))
    .description(
      'Work out anew what the org keeps about sharing, and list every difference from what it keeps',
    )
    .action(run(async () => (await import('./commands/access-audit.ts')).accessAudit));
  program
    .command('assumptions')
    .description(
      'List what Salesforce leaves open about access, with every answer that --assume takes',
    )
    .option('--json', 'print the JSON envelope of the Salesforce CLI', false)
    .action(run(async () => (await import('./commands/assumptions.ts')).assumptions));

  const project = group(program, 'project', 'Work with the source');
  const deploy = group(project, 'deploy', 'Deploy the source');
  common(deploy.command('start'))
    .description('Compile and validate all source and deploy it into the local org')
    .option('--dry-run', 'only compile and validate', false)
    .action(
      run(async () => (await import('./commands/project-deploy-start.ts')).projectDeployStart),
    );

  const org = group(program, 'org', 'Manage the local org');
  common(org.command('login'))
    .description('Make the Salesforce CLI know the started local org')
    .option('-a, --alias <name>', 'name that the Salesforce CLI knows the org by', 'local')
    .option('--as-user <username>', 'user to log in as; the administrator without it')
    .option('-s, --set-default', 'make it the default org of this project', false)
    .action(run(async () => (await import('./commands/org-login.ts')).orgLogin));
  common(org.command('reset'))
    .description('Forget the data of the local org')
    .action(run(async () => (await import('./commands/org-reset.ts')).orgReset));

  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return ExitCode.good;
    if (wantsJson) {
      const message = error.message.replace(/^error: /, '');
      terminal.out(
        `${JSON.stringify({ status: ExitCode.wrongUsage, name: 'Usage', message, exitCode: ExitCode.wrongUsage, warnings: [] }, null, 2)}\n`,
      );
    }
    return ExitCode.wrongUsage;
  }
  return exitCode;
}

/** Flags that every command takes. */
function common(command: Command): Command {
  return command
    .enablePositionalOptions()
    .option('--project-dir <dir>', 'Salesforce DX project; the current folder without it')
    .option(
      '--source-dir <dir>',
      'plain folder with source, no project file needed; may be repeated',
      collect,
      undefined,
    )
    .option('--org <dir>', 'where the data lives; .local-org in the project without it')
    .option('--json', 'print the JSON envelope of the Salesforce CLI', false);
}

function configure(command: Command, terminal: Terminal): Command {
  return command
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
    });
}

/** A command that only holds others: called alone it prints its help as a usage error. */
function group(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .enablePositionalOptions()
    .description(description)
    .action((_flags: unknown, command: Command) => command.help({ error: true }));
}

function assume(): Option {
  return new Option(
    '--assume <name=answer>',
    'another answer to what documentation leaves open, see `assumptions`; may be repeated',
  ).argParser(collect);
}

function formats(names: readonly string[]): Option {
  return new Option('-r, --result-format <format>', 'form of the result')
    .choices(names)
    .default('human');
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

function list(value: string): readonly string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function coverageFormatters(value: string): readonly CoverageFormatter[] {
  return list(value).map((name) => {
    const found = COVERAGE_FORMATTERS.find((each) => each === name);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`It takes ${COVERAGE_FORMATTERS.join(', ')}.`);
  });
}

function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() !== '' && Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It takes a whole number from ${least} on.`);
  };
}

function timeStamp(value: string): number {
  const time = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new InvalidArgumentError('It takes a time in ISO 8601, such as 2027-03-31T23:59:00Z.');
}

function portNumber(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  }
  return port;
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
}
