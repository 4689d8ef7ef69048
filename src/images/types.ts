/** What goes in and out of copying images. */
import type {Clock, Logger} from '../cloud/types.ts';
import type {Fields} from '../model/json.ts';

/** The same shape as what `check` finds. */
export interface ImageFinding {
  readonly severity: 'error' | 'warning';
  readonly where: string;
  readonly what: string;
  readonly hint: string;
}

export interface Hash {
  /** As Glance calls it, which is Python's hashlib: `sha512`. */
  readonly algorithm: string;
  /** Lower-case hexadecimal. */
  readonly value: string;
}

/** An image of the source that is to be copied. */
export interface SourceImage {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** Of its content, the best first; none where the source tells none. */
  readonly hashes: readonly Hash[];
  /** The body its copy is made with. */
  readonly body: Fields;
}

export type PlannedImage = {
  /** Template parameters that mean it, sorted. */
  readonly parameters: readonly string[];
  /** The value they have in the bundle. */
  readonly value: string;
} & (
  | {readonly action: 'copy'; readonly image: SourceImage}
  /** The target has it. */
  | {readonly action: 'use'; readonly image: Pick<SourceImage, 'id' | 'name' | 'bytes'>; readonly id: string}
);

export interface ImagePlan {
  /** By parameter. */
  readonly images: readonly PlannedImage[];
  /** Errors first: with one of them nothing is copied. */
  readonly findings: readonly ImageFinding[];
  /** To be copied. */
  readonly bytes: number;
  /** Values that are known already: an id where the bundle's own value would not do. */
  readonly values: Readonly<Record<string, string>>;
  /** Parameters whose value is known once the images are copied. */
  readonly later: ReadonlySet<string>;
}

/** Of the source: its kind, and its name or id. */
export interface Renamed {
  readonly kind: string;
  readonly from: string;
}

export interface PlanOptions {
  /** Values that the user gave for this deployment: what they name is not copied. */
  readonly parameters?: Fields | undefined;
  /** Things that the target calls otherwise, as `--map` says: an image among them is not copied. */
  readonly map?: readonly Renamed[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CopyProgress {
  readonly image: SourceImage;
  /** 'download' into the folder, 'upload' from it, or 'copy': both at once. */
  readonly doing: 'download' | 'upload' | 'copy';
  /** Bytes. */
  readonly done: number;
}

export interface CopiedImage {
  readonly image: SourceImage;
  readonly parameters: readonly string[];
  /** Of the copy. */
  readonly id: string;
  /** Properties that the target refused, by name. */
  readonly refused: readonly string[];
}

export interface CopyOptions {
  /** Folder for what was downloaded: an interrupted download goes on there. Default: nothing is kept. */
  readonly dir?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly logger?: Logger | undefined;
  readonly clock?: Clock | undefined;
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined;
  /** Each image, once its copy is proven. */
  readonly onCopied?: ((copied: CopiedImage) => void) | undefined;
}

export interface Copies {
  readonly copied: readonly CopiedImage[];
  /** For the deployment: by parameter, an id where the bundle's own value would not do. */
  readonly values: Readonly<Record<string, string>>;
}
