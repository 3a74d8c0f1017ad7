import type { Project } from '../project/model.ts';
import { withoutComments } from './component-references.ts';
import type { Names } from './names.ts';
import { SourceReport } from './report.ts';

/**
 * Names in Apex that its compiler sees as text or looks up outside the code: labels and custom permissions. Everything else in Apex
 * is the compiler's (`npm test -- apex`, `npm run lint:apex`).
 */
export function checkApexNames(project: Project, names: Names): SourceReport {
  const report = new SourceReport();
  for (const { file, source } of [...project.classes.values(), ...project.triggers.values()]) {
    const code = withoutComments(source);
    const plain = code.replace(/'(?:\\.|[^'\\\n])*'/g, (text) => ' '.repeat(text.length));
    const lineAt = (index: number): number => code.slice(0, index).split('\n').length;
    for (const match of plain.matchAll(
      /(?<![\w.])(?:System\s*\.\s*)?Label\s*\.\s*(\w+)(?!\s*[.(\w])/gi,
    )) {
      const name = match[1] ?? '';
      if (!names.has('CustomLabel', name))
        report.problem(`no CustomLabel named ${name} found`, { file, line: lineAt(match.index) });
    }
    for (const match of code.matchAll(/\bcheckPermission\(\s*'(\w+)'\s*\)/gi)) {
      const name = match[1] ?? '';
      if (!names.has('CustomPermission', name))
        report.problem(`no CustomPermission named ${name} found`, {
          file,
          line: lineAt(match.index),
        });
    }
  }
  return report;
}
