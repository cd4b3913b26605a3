/** Jest's stand-in for webpack's asset/source: a file is its text. */
module.exports = {
  process: (text) => ({ code: `module.exports = ${JSON.stringify(text)};` }),
};
