import './.config/jest-setup';
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

HTMLCanvasElement.prototype.getContext = () => ({ measureText: (text) => ({ width: text.length * 7 }) });
