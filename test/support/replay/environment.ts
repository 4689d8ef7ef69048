/** Variables of the user whose project was recorded, as the openstack client reads them. */
import type {Recording} from './recording.ts';

export function environmentOf(
  {user, project, region}: Pick<Recording, 'user' | 'project' | 'region'>,
  authUrl: string,
  password = 'replayed',
): Readonly<Record<string, string>> {
  return {
    OS_AUTH_URL: authUrl,
    OS_USERNAME: user.name,
    OS_USER_DOMAIN_NAME: user.domain,
    OS_PASSWORD: password,
    OS_PROJECT_NAME: project.name,
    OS_PROJECT_DOMAIN_NAME: project.domain,
    OS_REGION_NAME: region,
  };
}
