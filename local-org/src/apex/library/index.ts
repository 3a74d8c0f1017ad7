export {
  bridgeName,
  type ApexValue,
  type LibraryFunction,
  type LibraryTypeImplementation,
} from './contract.ts';
export { enumConstant } from './enums.ts';
export {
  implementations,
  isImplemented,
  libraryFunction,
  libraryInstanceClass,
  librarySetter,
} from './registry.ts';
export { ITERATOR } from './system/iterator.ts';
export { putRecords } from './system/map.ts';
