/** A file of provisioning/ as it is; see webpack.config.ts. */
declare module '*.yaml' {
  const text: string;
  export default text;
}
