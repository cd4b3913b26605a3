import { type RefObject, useLayoutEffect, useState } from 'react';

/** How many pixels below the top of the document an element begins; follows what grows or shrinks above it. */
export function useDocumentTop(element: RefObject<HTMLElement>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop((element.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    if (element.current?.parentElement?.parentElement) {
      observer.observe(element.current.parentElement.parentElement);
    }
    return () => observer.disconnect();
  }, [element]);
  return top;
}
