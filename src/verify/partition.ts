/**
 * Vertices of both sides in cells of one colour. A match is told to its neighbours, which splits their cells; a cell
 * with one vertex of each side is a match. Every wire is told once, so the whole costs as much as there are wires.
 */
export interface Wire {
  readonly label: number;
  readonly to: number;
}

interface Cell {
  readonly colour: number;
  readonly members: readonly [number[], number[]];
  /** How many members are still in it. */
  readonly counts: [number, number];
  /** Where the first of them is to be looked for. */
  readonly firsts: [number, number];
}

export class Partition {
  /** The matched vertex of the other side, -1 for none. */
  readonly partner: Int32Array;
  /** Steps taken, to prove that they grow with the graph and no faster. */
  work = 0;
  readonly #sources: number;
  readonly #wires: readonly (readonly Wire[])[];
  readonly #colours: Int32Array;
  readonly #numbers = new Map<string, number>();
  #cells = new Map<number, Cell>();
  /** Matched, not yet told. */
  #told: number[] = [];
  /** Cells that may hold one of each side. */
  #ripe: number[] = [];
  /** Cells that may hold several, the last changed on top. */
  #mixed: number[] = [];

  /** @param wires Per vertex, sources first; sorted by label. */
  constructor(wires: readonly (readonly Wire[])[], sources: number) {
    this.#wires = wires;
    this.#sources = sources;
    this.partner = new Int32Array(wires.length).fill(-1);
    this.#colours = new Int32Array(wires.length).fill(-1);
  }

  /** Number of a text; equal texts, equal numbers. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  /** Name of a pair: the same from both sides. */
  pair(vertex: number): number {
    return vertex < this.#sources ? vertex : (this.partner[vertex] ?? -1);
  }

  /** The matched neighbours, as texts that are equal on both sides, sorted. */
  anchorsOf(vertex: number): string[] {
    const texts: string[] = [];
    for (const {label, to} of this.#wires[vertex] ?? []) {
      this.work++;
      if ((this.partner[to] ?? -1) >= 0) texts.push(`${label}=${this.pair(to)}`);
    }
    return texts.sort();
  }

  anchors(vertex: number): string {
    return this.anchorsOf(vertex).join();
  }

  /** Sorts the given unmatched vertices into new cells and matches those that are alone with one. */
  start(vertices: readonly number[], colourOf: (vertex: number) => string): void {
    this.#colours.fill(-1);
    this.#cells = new Map();
    this.#ripe = [];
    this.#mixed = [];
    for (const vertex of vertices) {
      if (this.#isMatched(vertex)) continue;
      this.work++;
      this.#enter(vertex, this.number(`=${colourOf(vertex)}`));
    }
    // What is unique by itself comes before what is unique by its neighbours: damage stays where it is.
    const ripe = this.#ripe.splice(0);
    for (const colour of ripe) this.#matchRipe(colour);
    this.#settle();
  }

  /** Its neighbours are told when cells are next made or settled. */
  match(source: number, clone: number): void {
    this.partner[source] = clone;
    this.partner[clone] = source;
    this.#leave(source);
    this.#leave(clone);
    this.#told.push(source);
  }

  /** Colours also by the colours of unmatched neighbours, up to so many steps away. */
  refine(vertices: readonly number[], radius: number): void {
    for (let round = 0; round < radius; round++) {
      const left = vertices.filter(vertex => !this.#isMatched(vertex));
      const before = new Set(left.map(vertex => this.#colours[vertex])).size;
      const next = new Map(left.map(vertex => [vertex, this.#around(vertex)]));
      this.start(left, vertex => next.get(vertex) ?? '');
      const matched = left.some(vertex => this.#isMatched(vertex));
      if (!matched && new Set(next.values()).size <= before) return;
    }
  }

  /** Pairs vertices that nothing tells apart, and what hangs on each before the next. */
  pairTwins(): void {
    for (let colour = this.#mixed.at(-1); colour !== undefined; colour = this.#mixed.at(-1)) {
      const cell = this.#cells.get(colour);
      if (cell === undefined || cell.counts[0] === 0 || cell.counts[1] === 0) this.#mixed.pop();
      else {
        this.match(this.#first(cell, 0), this.#first(cell, 1));
        this.#settle();
      }
    }
  }

  #isMatched(vertex: number): boolean {
    return (this.partner[vertex] ?? -1) >= 0;
  }

  #around(vertex: number): string {
    const texts: string[] = [];
    for (const {label, to} of this.#wires[vertex] ?? []) {
      this.work++;
      const colour = this.#colours[to] ?? -1;
      if (colour >= 0 && !this.#isMatched(to)) texts.push(`${label}:${colour}`);
    }
    return `${this.#colours[vertex]};${texts.sort().join()}`;
  }

  #enter(vertex: number, colour: number): void {
    this.#colours[vertex] = colour;
    let cell = this.#cells.get(colour);
    if (cell === undefined) {
      cell = {colour, members: [[], []], counts: [0, 0], firsts: [0, 0]};
      this.#cells.set(colour, cell);
    }
    const side = vertex < this.#sources ? 0 : 1;
    cell.members[side].push(vertex);
    cell.counts[side]++;
    this.#changed(cell);
  }

  #leave(vertex: number): void {
    const cell = this.#cells.get(this.#colours[vertex] ?? -1);
    this.#colours[vertex] = -1;
    if (cell === undefined) return;
    cell.counts[vertex < this.#sources ? 0 : 1]--;
    this.#changed(cell);
  }

  #changed({colour, counts: [sources, clones]}: Cell): void {
    if (sources === 1 && clones === 1) this.#ripe.push(colour);
    else if (sources > 0 && clones > 0 && this.#mixed.at(-1) !== colour) this.#mixed.push(colour);
  }

  #first(cell: Cell, side: 0 | 1): number {
    const members = cell.members[side];
    for (;;) {
      const vertex = members[cell.firsts[side]] as number;
      if (this.#colours[vertex] === cell.colour) return vertex;
      cell.firsts[side]++;
      this.work++;
    }
  }

  #matchRipe(colour: number): void {
    const cell = this.#cells.get(colour);
    if (cell?.counts[0] === 1 && cell.counts[1] === 1) this.match(this.#first(cell, 0), this.#first(cell, 1));
  }

  #settle(): void {
    let at = 0;
    for (;;) {
      const source = this.#told.pop();
      if (source !== undefined) {
        this.#tell(source, source);
        this.#tell(this.partner[source] ?? -1, source);
        continue;
      }
      // First come, first served: by the time a cell's turn comes, more has been told of it.
      const colour = this.#ripe[at++];
      if (colour === undefined) break;
      this.#matchRipe(colour);
    }
    this.#ripe = [];
  }

  #tell(vertex: number, pair: number): void {
    for (const {label, to} of this.#wires[vertex] ?? []) {
      this.work++;
      const colour = this.#colours[to] ?? -1;
      if (colour < 0 || this.#isMatched(to)) continue;
      this.#leave(to);
      this.#enter(to, this.number(`${colour}<${label}=${pair}`));
    }
  }
}
