/** Work that can be counted: what a call visits of arrays, maps, sets and texts. Unlike a time it is the same on any machine. */

/** Methods that go over an array; each call of what they were given is one visit. */
const visiting = [
  'every',
  'filter',
  'find',
  'findIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'some',
  'sort',
] as const;
/** Methods that go over an array by themselves: at most all of it. */
const scanning = ['includes', 'indexOf', 'join', 'slice', 'toSorted', 'toReversed'] as const;
const looking = ['get', 'has', 'set', 'delete'] as const;

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** @returns how many items were visited while it ran */
export function workOf(run: () => void): number {
  let work = 0;
  const restore: (() => void)[] = [];
  const replace = (on: object, name: string | symbol, make: (own: Method) => Method): void => {
    const own = Object.getOwnPropertyDescriptor(on, name);
    if (typeof own?.value !== 'function') return;
    Object.defineProperty(on, name, {...own, value: make(own.value as Method)});
    restore.push(() => void Object.defineProperty(on, name, own));
  };
  for (const name of visiting)
    replace(
      Array.prototype,
      name,
      own =>
        function (this: unknown, ...args) {
          const [callback, ...rest] = args;
          if (typeof callback !== 'function') return Reflect.apply(own, this, args);
          const counted = function (this: unknown, ...given: unknown[]): unknown {
            work += 1;
            return Reflect.apply(callback as Method, this, given);
          };
          return Reflect.apply(own, this, [counted, ...rest]);
        },
    );
  for (const name of scanning)
    replace(
      Array.prototype,
      name,
      own =>
        function (this: unknown, ...args) {
          work += (this as readonly unknown[]).length;
          return Reflect.apply(own, this, args);
        },
    );
  for (const prototype of [Map.prototype, Set.prototype])
    for (const name of [...looking, 'add'])
      replace(
        prototype,
        name,
        own =>
          function (this: unknown, ...args) {
            work += 1;
            return Reflect.apply(own, this, args);
          },
      );
  // Loops, spreads and constructors take what they go over from here.
  for (const prototype of [
    Object.getPrototypeOf([][Symbol.iterator]()),
    Object.getPrototypeOf(new Map()[Symbol.iterator]()),
    Object.getPrototypeOf(new Set()[Symbol.iterator]()),
  ] as object[])
    replace(
      prototype,
      'next',
      own =>
        function (this: unknown, ...args) {
          work += 1;
          return Reflect.apply(own, this, args);
        },
    );
  for (const name of ['split', 'replace', 'replaceAll', 'match'])
    replace(
      String.prototype,
      name,
      own =>
        function (this: unknown, ...args) {
          work += 1 + String(this).length / 100;
          return Reflect.apply(own, this, args);
        },
    );
  try {
    run();
  } finally {
    for (const one of restore) one();
  }
  return Math.round(work);
}
