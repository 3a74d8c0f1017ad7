import type { LocalOrgError } from '../diagnostics/index.ts';
import { localizedProject } from '../project/localized-project.ts';
import type { Project } from '../project/model.ts';
import type { ComponentBuilder } from '../ui/build/component-builder.ts';
import { PlatformFault } from './contract.ts';
import type { OrgGateway, Session, UiChildRelationship } from './contract.ts';
import type { PreparedComponents } from './index.ts';
import type { Sessions } from './sessions.ts';

/** What `platform/sessionData` tells the page. */
export interface SessionData {
  readonly user: {
    readonly Id: string;
    readonly isGuest: boolean;
    readonly name: string;
    readonly username: string;
    readonly profileName: string;
    readonly userType: string;
    readonly locale: string;
    readonly language: string;
    readonly timeZone: string;
  };
  readonly organizationName: string;
  /** Whether this is somebody else than the administrator that browsers are logged in as at first. */
  readonly isLoggedInAs: boolean;
  readonly customPermissions: readonly string[];
  readonly userPermissions: readonly string[];
  /** Experience Cloud site, when the page is one's. */
  readonly site: {
    readonly Id: string | null;
    readonly communityId: string | null;
    readonly basePath: string;
    readonly activeLanguages: readonly { readonly label: string; readonly code: string }[];
  };
}

/** What the routes share. */
export class ServerContext {
  readonly gateway: OrgGateway;
  readonly builder: ComponentBuilder;
  readonly sessions: Sessions;
  readonly componentProblems: ReadonlyMap<string, readonly LocalOrgError[]>;
  project: Project;

  constructor(parts: {
    readonly gateway: OrgGateway;
    readonly components: Pick<PreparedComponents, 'builder' | 'problems'>;
    readonly sessions: Sessions;
    readonly project: Project;
  }) {
    this.gateway = parts.gateway;
    this.builder = parts.components.builder;
    this.componentProblems = parts.components.problems;
    this.sessions = parts.sessions;
    this.project = parts.project;
  }

  async sessionData(session: Session): Promise<SessionData> {
    const [user, organization, administrator] = await Promise.all([
      this.gateway.currentUser(session),
      this.gateway.organization(),
      this.gateway.defaultUserId(),
    ]);
    if (user === null) {
      throw new PlatformFault({
        status: 401,
        errorCode: 'INVALID_SESSION_ID',
        message: 'Session expired or invalid',
      });
    }
    const { id, name, username, profileName, userType, locale, language, timeZone } = user;
    return {
      user: {
        Id: id,
        isGuest: userType === 'Guest',
        name,
        username,
        profileName,
        userType,
        locale,
        language,
        timeZone,
      },
      organizationName: organization.name,
      isLoggedInAs: id !== administrator,
      customPermissions: user.customPermissions,
      userPermissions: user.userPermissions,
      site: { Id: null, communityId: null, basePath: '', activeLanguages: [] },
    };
  }

  /** The project in the language of who is logged in. */
  async projectFor(session: Session): Promise<Project> {
    if (this.project.translations.size === 0) return this.project;
    const user = await this.gateway.currentUser(session);
    return user === null ? this.project : localizedProject(this.project, user.language);
  }

  /** All components of the project, as module names. */
  projectComponents(): string[] {
    return [...this.project.lwcBundles.values()].map(({ name }) => `c/${name}`);
  }

  /** The object of a record Id; 404 when the key prefix is nobody's. */
  async objectOfId(recordId: string): Promise<string> {
    const object = await this.gateway.objectOfId(recordId);
    if (object === null) throw notFound();
    return object;
  }

  /** A child relationship of the object that a record belongs to. */
  async childRelationship(
    session: Session,
    parentId: string,
    name: string,
  ): Promise<UiChildRelationship> {
    const info = await this.gateway.objectInfo(session, await this.objectOfId(parentId));
    const found = info.childRelationships.find(
      (one) => one.relationshipName.toLowerCase() === name.toLowerCase(),
    );
    if (found === undefined) {
      throw new PlatformFault({
        status: 404,
        errorCode: 'NOT_FOUND',
        message: `${info.apiName} has no related list ${name}`,
      });
    }
    return found;
  }
}

/** The platform's answer for what does not exist, or not for this user. */
export function notFound(): PlatformFault {
  return new PlatformFault({
    status: 404,
    errorCode: 'NOT_FOUND',
    message: 'The requested resource does not exist',
  });
}
