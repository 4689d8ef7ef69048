/** Texts that go to files of their own: one file per distinct text, named by who uses it first. */
import type {FileText, StackTemplate} from '../model/value.ts';
import type {Json} from './model.ts';
import {shortHash, slug} from './names.ts';
import {stringify, toMap, toNode} from './yaml.ts';

export class Files {
  /** get_file name -> text. */
  readonly texts = new Map<string, string>();
  readonly #byText = new Map<string, string>();

  /** A template, and beside it the files that it names. */
  addTemplate({hint, template, files}: StackTemplate): string {
    for (const [name, text] of files) this.texts.set(`files/${name}`, text);
    const sections = Object.entries(template).map(([key, value], index) => ({
      key,
      value: toNode(value as Json),
      space: index > 0,
    }));
    return this.add({hint, text: stringify(toMap(sections))});
  }

  /** @returns the name for get_file, as `files/web_1.sh`. */
  add({hint, text}: FileText): string {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const dot = hint.lastIndexOf('.');
    const extension = slug(dot > 0 ? hint.slice(dot + 1) : '').slice(0, 8);
    const stem = slug(dot > 0 ? hint.slice(0, dot) : hint) || 'file';
    const ending = extension === '' ? '' : `.${extension}`;
    let name = `files/${stem}${ending}`;
    if (this.texts.has(name)) name = `files/${stem}_${shortHash(text)}${ending}`;
    this.texts.set(name, text);
    this.#byText.set(text, name);
    return name;
  }
}
