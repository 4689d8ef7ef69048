export default {
  files: ['dist/test/live/**/*.test.js', '!dist/test/live/releases/**'],
  // Each file clones projects of its own, most of the time waiting for Heat: two of them keep a small machine busy.
  concurrency: 2,
  timeout: '30m',
};
