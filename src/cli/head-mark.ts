/** Stands for the head of a help text while yargs makes it: yargs would break our lines in its way. */
export const headMark = '<<head>>';
