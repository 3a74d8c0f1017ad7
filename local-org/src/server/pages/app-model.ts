import type { ApplicationMetadata, Project } from '../../project/model.ts';
import type { OrgGateway, Session, UiObjectInfo } from '../contract.ts';
import type { AppModel, TabModel } from './model.ts';

/** Tabs of a project that declares no app. */
const DEFAULT_TABS = ['standard-Account', 'standard-Contact'];

/** The Lightning apps of the project. */
export function lightningApps(project: Project): ApplicationMetadata[] {
  return [...project.applications.values()].filter(
    (app) => app.uiType === undefined || app.uiType === 'Lightning',
  );
}

/** The app of that name, else the project's first. */
export function chosenApp(
  project: Project,
  name: string | undefined,
): ApplicationMetadata | undefined {
  const apps = lightningApps(project);
  return apps.find((app) => app.name === name) ?? apps[0];
}

/** Header and navigation. Tabs whose object the user cannot see are left out, as on the platform. */
export async function appModel(
  project: Project,
  gateway: OrgGateway,
  session: Session,
  appName: string | undefined,
): Promise<AppModel> {
  const app = chosenApp(project, appName);
  const tabs = await Promise.all(
    (app?.tabs ?? DEFAULT_TABS).map((tab) => tabModel(tab, project, gateway, session)),
  );
  return {
    label: app?.label ?? 'Local org',
    description: app?.description ?? null,
    tabs: tabs.filter((tab) => tab !== undefined),
    sites: (await gateway.sites()).map(({ name, networkId }) => ({
      name,
      url: `/servlet/networks/switch?networkId=${networkId}`,
    })),
    apps: lightningApps(project).map(({ name, label, description }) => ({
      name,
      label,
      description: description ?? null,
    })),
  };
}

async function tabModel(
  name: string,
  project: Project,
  gateway: OrgGateway,
  session: Session,
): Promise<TabModel | undefined> {
  if (name === 'standard-home')
    return { label: 'Home', url: '/lightning/page/home', objectApiName: null, unsupported: null };
  const metadata = project.tabs.get(name.toLowerCase());
  const objectApiName = name.startsWith('standard-')
    ? name.slice('standard-'.length)
    : metadata?.customObject === true
      ? name
      : undefined;
  if (objectApiName !== undefined) {
    const info = await objectInfoOrNull(gateway, session, objectApiName);
    return info === null
      ? undefined
      : {
          label: info.labelPlural,
          url: `/lightning/o/${info.apiName}/list`,
          objectApiName: info.apiName,
          unsupported: null,
        };
  }
  const label = metadata?.label ?? name.replaceAll('_', ' ');
  const opens = metadata?.lwcComponent !== undefined || metadata?.flexiPage !== undefined;
  const unsupported = opens
    ? null
    : `Tab ${name} is of a kind that is not available in the local org`;
  return { label, url: `/lightning/n/${name}`, objectApiName: null, unsupported };
}

/** The object's description, or null when the user does not see it. */
async function objectInfoOrNull(
  gateway: OrgGateway,
  session: Session,
  objectApiName: string,
): Promise<UiObjectInfo | null> {
  try {
    return await gateway.objectInfo(session, objectApiName);
  } catch {
    return null;
  }
}
