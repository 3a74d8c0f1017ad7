import { libraryType } from '../../../schema/library-signatures.ts';
import type { LibraryFunction } from '../contract.ts';

/**
 * Registers each answer of a describe result under all the names the platform gives it: `getLabel()`, `isCustom()`, and the property of that name.
 */
export function describeMembers(
  type: string,
  answers: Readonly<Record<string, LibraryFunction>>,
): Record<string, LibraryFunction> {
  const declared = libraryType(type);
  const members: Record<string, LibraryFunction> = {};
  for (const [property, answer] of Object.entries(answers)) {
    for (const key of [`get${property}()`, `is${property}()`]) {
      if (
        declared?.methods.some(
          (method) => `${method.name}()` === key && method.params.length === 0,
        ) === true
      )
        members[key] = answer;
    }
    for (const field of declared?.fields ?? []) {
      if (field.name.toLowerCase() === property.toLowerCase()) members[field.name] = answer;
    }
  }
  return members;
}
