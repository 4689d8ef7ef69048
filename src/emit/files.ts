/** Texts that go to files of their own: one file per distinct text, named by who uses it first. */
import type {FileText, StackTemplate} from '../model/value.ts';
import type {Json} from './model.ts';
import {shortHash, slug} from './names.ts';
import {stringify, toMap, toNode} from './yaml.ts';

export class Files {
  /** get_file name -> text. */
  readonly texts = new Map<string, string>();
  readonly #byText = new Map<string, string>();
  readonly #kept: ReadonlyMap<string, string>;
  readonly #held: ReadonlySet<string>;

  /** @param kept Names by text: texts that had a file in an earlier bundle. */
  constructor(kept: ReadonlyMap<string, string> = new Map()) {
    this.#kept = kept;
    this.#held = new Set(kept.values());
  }

  /** A template, and beside it the files that it names. */
  addTemplate(template: StackTemplate): string {
    for (const [name, text] of template.files) this.texts.set(`files/${name}`, text);
    return this.add({hint: template.hint, text: templateText(template)});
  }

  /** @returns the name for get_file, as `files/web_1.sh`. */
  add({hint, text}: FileText): string {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const dot = hint.lastIndexOf('.');
    const extension = slug(dot > 0 ? hint.slice(dot + 1) : '').slice(0, 8);
    const stem = slug(dot > 0 ? hint.slice(0, dot) : hint) || 'file';
    const ending = extension === '' ? '' : `.${extension}`;
    let name = this.#kept.get(text) ?? `files/${stem}${ending}`;
    if (this.texts.has(name) || (this.#held.has(name) && this.#kept.get(text) !== name))
      name = `files/${stem}_${shortHash(text)}${ending}`;
    this.texts.set(name, text);
    this.#byText.set(text, name);
    return name;
  }
}

/** The text of a nested template's file. */
export function templateText({template}: StackTemplate): string {
  const sections = Object.entries(template).map(([key, value], index) => ({
    key,
    value: toNode(value as Json, 2),
    space: index > 0,
  }));
  return stringify(toMap(sections));
}
