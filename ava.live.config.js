export default {
  files: ['dist/test/live/**/*.test.js'],
  // One project is cloned at a time; Heat needs minutes, not seconds.
  concurrency: 1,
  serial: true,
  timeout: '30m',
};
