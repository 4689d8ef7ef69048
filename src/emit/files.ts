/** Texts that go to files of their own: one file per distinct text, named by who uses it first. */
import type {FileText} from '../model/value.ts';
import {shortHash, slug} from './names.ts';

export class Files {
  /** get_file name -> text. */
  readonly texts = new Map<string, string>();
  readonly #byText = new Map<string, string>();

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
