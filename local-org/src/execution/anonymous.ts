import { compileAnonymous } from '../apex/compile/index.ts';
import { apexFrames } from '../apex/runtime/index.ts';
import { LocalOrgError } from '../diagnostics/index.ts';
import { ApexException } from '../apex/values/exception.ts';
import type { LocalOrg } from './local-org.ts';
import type { AnonymousResult } from './org-door.ts';

/** The platform's name for a run of anonymous Apex in debug logs. */
const ANONYMOUS_UNIT = 'execute_anonymous_apex';

/** A refusal at run time names the Apex line that ran into it. */
function placed(error: LocalOrgError): LocalOrgError {
  const [frame] = apexFrames(error.stack ?? '');
  if (error.position.file !== undefined || frame === undefined) return error;
  return error.at({ file: frame.file, line: frame.line, column: 1 });
}

/** Compiles and runs anonymous Apex as a user, at the project's own API version. An Apex error is a result; a refusal or a defect is thrown. */
export function executeAnonymous(org: LocalOrg, source: string, userId: string): AnonymousResult {
  const apiVersion = Number.parseFloat(org.project.sourceApiVersion);
  const { units, problems } = compileAnonymous(
    source,
    org.deploymentSource.compiled.checked(),
    apiVersion,
  );
  const [problem] = problems;
  if (problem !== undefined) {
    return {
      compiled: false,
      compileProblem: problem.message,
      success: false,
      line: problem.line,
      column: problem.column,
      exceptionMessage: '',
      exceptionStackTrace: '',
      logs: '',
    };
  }
  const done = { compiled: true, compileProblem: '', line: -1, column: -1 } as const;
  const script = org.program.load(units).find((loaded) => loaded.kind === 'anonymous');
  try {
    org.run('anonymous', userId, ANONYMOUS_UNIT, () => script?.run(), null, source);
    return {
      ...done,
      success: true,
      exceptionMessage: '',
      exceptionStackTrace: '',
      logs: org.debugLogs.latest(),
    };
  } catch (error) {
    if (error instanceof LocalOrgError) throw placed(error);
    if (!(error instanceof ApexException)) throw error;
    const { text, line } = error.$stack;
    return {
      ...done,
      success: false,
      line,
      column: 1,
      exceptionMessage: `${error.$typeName}: ${error.$getMessage()}`,
      exceptionStackTrace: text,
      logs: org.debugLogs.latest(),
    };
  }
}
