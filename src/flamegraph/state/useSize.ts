import { type RefObject, useEffect, useState } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const UNKNOWN: Size = { width: 0, height: 0 };

/** Inner size of an element in CSS pixels; 0 until it has been measured. */
export function useSize(element: RefObject<HTMLElement>): Size {
  const [size, setSize] = useState(UNKNOWN);
  useEffect(() => {
    if (!element.current) {
      return;
    }
    const observer = new ResizeObserver(([{ contentRect }]) =>
      setSize({ width: contentRect.width, height: contentRect.height })
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
