import { createRequire } from 'node:module';
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const require = createRequire(import.meta.url);
const lwcRecommended = require('@salesforce/eslint-config-lwc/recommended-ts');
const lwcI18n = require('@salesforce/eslint-config-lwc/i18n-ts');

/** Unused names are allowed where the position needs them: `_event`. */
const unusedNames = [
  'error',
  { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
];

/** TypeScript itself checks these; the JavaScript rules only misread it. */
const checkedByTypeScript = {
  'no-undef': 'off',
  'no-unused-vars': 'off',
  'no-shadow': 'off',
  'no-redeclare': 'off',
  'no-use-before-define': 'off',
  'no-dupe-class-members': 'off',
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      'force-app/**/lwc/**/*.js',
      'local-org/schema-data/generated/**',
      'local-org/**/fixtures/**',
      '.sfdx/**',
      '.sf/**',
      '.local-org/**',
      '.husky/_/**',
      'build/**',
      'coverage/**',
      'test-results/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  // Lightning web components. typescript-eslint comes last, so that its parser wins; the LWC rules work on it.
  {
    files: ['force-app/**/lwc/**/*.ts', 'config/jest/**/*.ts'],
    extends: [...lwcRecommended, ...lwcI18n, ...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        ecmaFeatures: {},
      },
    },
    rules: {
      ...checkedByTypeScript,
      'import/named': 'off',
      'import/namespace': 'off',
      'import/default': 'off',
      'no-void': ['error', { allowAsStatement: true }],
      '@typescript-eslint/no-unused-vars': unusedNames,
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['force-app/**/__tests__/**/*.ts', 'config/jest/**/*.ts'],
    languageOptions: { globals: { ...globals.node, ...globals.jest } },
    rules: {
      '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off',
      '@lwc/lwc/no-async-operation': 'off',
      // `import('…')` as a type is how a jest.mock factory names the module it stands in for.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // Mocks are handed about unbound: expect(mock.method).toHaveBeenCalled().
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['types/**/*.d.ts'],
    extends: [...tseslint.configs.recommended],
  },

  // The local org and the scripts: TypeScript that Node runs as it is.
  {
    files: ['local-org/**/*.ts', 'scripts/**/*.ts'],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: {
      globals: { ...globals.node },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...checkedByTypeScript,
      // `== null` asks for both kinds of nothing at once.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // The exhaustive default is `throw value satisfies never`.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/no-unused-vars': unusedNames,
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // An index that the code has just checked: noUncheckedIndexedAccess makes `!` the honest way to say so.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A guard against what JavaScript hands in at run time is worth more than the type's word.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
    },
  },
  {
    // node:test answers promises that it awaits itself.
    files: ['local-org/test/**/*.ts', 'local-org/e2e/**/*.ts', 'scripts/**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['test', 'it', 'describe', 'suite'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  {
    // Pages of the browser shell are components too: LWC needs their class as default export.
    files: [
      'local-org/src/ui/platform-modules/**/*.ts',
      'local-org/src/ui/shell/**/*.ts',
      'local-org/src/ui/site/**/*.ts',
    ],
    languageOptions: { globals: { ...globals.browser } },
    rules: { 'no-restricted-exports': 'off' },
  },

  // What has to run on Node 20 before anything else, and the configuration files.
  {
    files: ['**/*.mjs', '*.js'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { ...globals.node } },
    rules: { eqeqeq: ['error', 'always'] },
  },
);
