/** One thing that the target can't make. */
export interface Lack {
  readonly type: string;
  /** As it stands in that resource, as `networks[0].tag`; absent: the whole type. */
  readonly property?: string;
  /** Names of the resources that it is about: one, or all of the type. */
  readonly resources: readonly string[];
  /** What stands there instead; absent: it is left out. Only in these resources, not in all that have the property. */
  readonly instead?: string;
  /** It can't be left out: it stands in a template that many resources are made of. */
  readonly stays?: true;
  /** A sentence without its full stop, as `Heat doesn't know it; used by web`. */
  readonly what: string;
  readonly hint: string;
  /** What the clone's report says of it, as `Heat there doesn't know OS::Glance::WebImage`. */
  readonly reason: string;
}
