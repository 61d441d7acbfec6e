// The repository's rules, and those of this folder: what it imports comes with `npm ci`, and a file holds one concept.
import repository from '../eslint.config.mjs';

export default [
  ...repository,
  {
    files: ['**/*.ts'],
    rules: {
      'import-x/no-extraneous-dependencies': ['error', { devDependencies: true }],
      'max-lines': ['error', { max: 300 }],
    },
  },
];
