export { ANONYMOUS_FILE, compileAnonymous, compileProject } from './compile-project.ts';
export type {
  ApexSource,
  CompiledAnonymous,
  CompiledProject,
  CompileInput,
  CompileResult,
} from './compile-project.ts';
