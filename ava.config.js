export default {
  files: ['dist/test/**/*.test.js', '!dist/test/live/**'],
  timeout: '2m',
};
