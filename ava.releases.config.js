export default {
  files: ['dist/test/live/releases/**/*.test.js'],
  // Each file brings up the clouds that don't run: two at once would do it twice.
  concurrency: 1,
  timeout: '60m',
};
