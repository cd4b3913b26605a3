/** Markdown files are imported as their text; see webpack.config.ts. */
declare module '*.md' {
  const text: string;
  export default text;
}
