import React, { Fragment } from 'react';

/** A function's name that breaks, where it must, between its packages and types and not inside a word. */
export function FunctionName({ name }: { name: string }) {
  return (
    <>
      {(name.match(/[^/.:]*[/.:]+|[^/.:]+/g) ?? []).map((part, at) => (
        <Fragment key={at}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </>
  );
}
