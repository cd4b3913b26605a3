import './.config/jest-setup';
import { StyleSheet } from '@emotion/sheet';
import { deserialize, serialize } from 'v8';
import { MessageChannel } from 'worker_threads';

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}

// React's scheduler and @grafana/ui open channels and never close them; an open one keeps Jest from exiting.
const openChannels = [];

class ClosedAfterTests extends MessageChannel {
  constructor() {
    super();
    openChannels.push(this);
  }
}

afterAll(() => {
  for (const { port1, port2 } of openChannels) {
    port1.close();
    port2.close();
  }
});

// What jsdom lacks and @grafana/ui or Scenes touch when they are imported or first drawn.
Object.assign(global, {
  MessageChannel: ClosedAfterTests,
  IntersectionObserver: NoObserver,
  ResizeObserver: NoObserver,
  structuredClone: (value) => deserialize(serialize(value)),
});

// Nothing is drawn here, and jsdom matches every rule against an element whenever a tooltip or a menu asks for its style:
// four fifths of the time of a test that clicks. What hides an element is kept.
const insert = StyleSheet.prototype.insert;
StyleSheet.prototype.insert = function (rule) {
  if (/display:none|visibility:hidden/.test(rule)) {
    insert.call(this, rule);
  }
};

HTMLCanvasElement.prototype.getContext = () => ({ measureText: (text) => ({ width: text.length * 7 }) });
