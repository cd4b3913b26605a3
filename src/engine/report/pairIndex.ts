/** Numbers pairs of 32-bit integers in order of appearance: open addressing, two words a pair. */
export class PairIndex {
  private first = new Uint32Array(1024);
  private second = new Uint32Array(1024);
  /** Number of the pair + 1, 0 for an empty place. */
  private number = new Uint32Array(1024);
  size = 0;

  /** Number of the pair; a new pair gets the next one. */
  of(a: number, b: number): number {
    if (this.size * 2 >= this.number.length) {
      this.grow();
    }
    const place = this.place(a, b);
    if (this.number[place] === 0) {
      this.first[place] = a;
      this.second[place] = b;
      this.number[place] = ++this.size;
    }
    return this.number[place] - 1;
  }

  /** All pairs as two columns, in order of their numbers. */
  columns(): { first: Uint32Array; second: Uint32Array } {
    const first = new Uint32Array(this.size);
    const second = new Uint32Array(this.size);
    for (let place = 0; place < this.number.length; place++) {
      const number = this.number[place];
      if (number > 0) {
        first[number - 1] = this.first[place];
        second[number - 1] = this.second[place];
      }
    }
    return { first, second };
  }

  private place(a: number, b: number): number {
    const mask = this.number.length - 1;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let place = (hash ^ (hash >>> 13)) & mask;
    while (this.number[place] !== 0 && (this.first[place] !== a || this.second[place] !== b)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private grow() {
    const { first, second, number } = this;
    this.first = new Uint32Array(first.length * 2);
    this.second = new Uint32Array(first.length * 2);
    this.number = new Uint32Array(first.length * 2);
    for (let old = 0; old < number.length; old++) {
      if (number[old] > 0) {
        const place = this.place(first[old], second[old]);
        this.first[place] = first[old];
        this.second[place] = second[old];
        this.number[place] = number[old];
      }
    }
  }
}
