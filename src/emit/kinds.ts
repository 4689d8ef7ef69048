/** What resource types say of themselves, and the order of parameter groups: what a person looks at first, then theirs. */
import type {AnySpec} from '../model/define.ts';

const FIRST = [
  'Naming',
  'Images',
  'Flavors',
  'Key pairs',
  'Networks',
  'Addresses',
  'Access',
  'Sizes',
  'Names',
  'Metadata',
  'Tags',
  'Descriptions',
];

export class Kinds {
  readonly #specs: ReadonlyMap<string, AnySpec>;
  readonly #order: readonly string[];

  constructor(specs: readonly AnySpec[]) {
    this.#specs = new Map(specs.map(spec => [spec.kind, spec]));
    this.#order = [...new Set([...FIRST, ...specs.map(({section}) => section)])];
  }

  specOf(kind: string): AnySpec | undefined {
    return this.#specs.get(kind);
  }

  /** Kinds of which a project may have parameters whatever it holds. */
  get parameterKinds(): readonly string[] {
    return [...this.#specs.values()]
      .filter(({outside, optional}) => outside !== undefined || optional !== undefined)
      .map(({kind}) => kind);
  }

  /** Heading of the kind's resources, and of the parameters that stand for such things. */
  sectionOf(kind: string): string {
    return this.#specs.get(kind)?.section ?? 'Other';
  }

  groupRank(group: string): number {
    const rank = this.#order.indexOf(group);
    return rank < 0 ? this.#order.length : rank;
  }
}
