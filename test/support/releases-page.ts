/** docs/releases.md: what is known of OpenStack's releases, and what the releases suite found between them. */
import {byAge, columns, readReleases} from './releases.ts';

const words = `# From one OpenStack release to another

A snapshot reads what the source's release tells, with the highest microversion of each service that rekindle knows. The
template uses only types and properties that Heat has had since Zed, so one bundle deploys on older and newer clouds; what
Heat has no words for is done by steps, one API call each.

- What only newer releases tell is taken where it is told: the zone that a server was asked into (Nova 2.96; before, the
  zone it is in, unless that is \`nova\`), scheduler hints (Nova 2.100; before, the server group only), the security groups
  of a load balancer's VIP (Octavia 2.29) and strict transport security of a listener (2.27), both by a step of their own.
- A step that the target is too old for is named by \`check\` before anything is made: it fails there, the rest is done,
  and \`deploy\` ends with 3. \`--no-steps\` leaves all steps out.
- A type, a property or an extension that the target lacks is an error of \`check\`, with the resources that use it;
  \`--accept-losses\` goes on without, each announced as lost ([another-cloud.md](another-cloud.md)).
- \`verify\` compares scheduler hints where both releases tell them, and a zone where somebody asked for one: with where the
  other server is, if its release does not tell more.
- Designate before 2023.2 refuses a NAPTR record whose pattern is empty and in quotes. \`check\` names its step on Zed; 2023.1
  tells the same version as later releases: there the step fails, and is told then.
- Heat takes no protocol called \`ipip\`, \`ip\` or \`hopopt\`, since 2026.2 not inside a group either: the template says the
  number, with a comment, and \`verify\` compares what is meant.
- Neutron of 2026.2 takes printable names only, without blanks at an end and without emoji; releases before take others. No
  extension says so: one that came with it does for \`check\`. Such a name is an error there; with \`--accept-losses\` the thing gets
  the nearest name that it takes, and is announced as lost. Address groups get theirs by a step, which fails there and is named.
- A field that a release adds and rekindle does not know is lost by name in the report, whether it says anything or not.

## Seen

\`npm run test:releases\` clones each project from every release to every other, and the clone back. *exact* counts fields;
*announced* are differences that the report had named before the deployment; *differences* are all others.
The hard cases hold what the source takes: on 2026.2 the things with names that it refuses are not among them.
`;

export function releasesPage(): string {
  const {pairs} = readReleases();
  const sorted = [...pairs].sort(
    (a, b) =>
      (a.project < b.project ? -1 : a.project > b.project ? 1 : 0) ||
      byAge(a.source, b.source) ||
      byAge(a.target, b.target),
  );
  return [
    words,
    `| ${columns.join(' | ')} |`,
    `| ${columns.map(() => '---').join(' | ')} |`,
    ...sorted.map(pair => `| ${columns.map(key => String(pair[key])).join(' | ')} |`),
    '',
  ].join('\n');
}
