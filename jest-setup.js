import './.config/jest-setup';
import { MessageChannel } from 'worker_threads';

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}

// What jsdom lacks and @grafana/ui or Scenes touch when they are imported or first drawn.
Object.assign(global, { MessageChannel, IntersectionObserver: NoObserver, ResizeObserver: NoObserver });

HTMLCanvasElement.prototype.getContext = () => ({ measureText: (text) => ({ width: text.length * 7 }) });
