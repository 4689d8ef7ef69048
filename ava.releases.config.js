export default {
  files: ['dist/test/live/releases/**/*.test.js'],
  timeout: '60m',
};
