import type { FastifyRequest } from 'fastify';
import type { LocalOrgError } from '../diagnostics/index.ts';
import { localizedProject } from '../project/localized-project.ts';
import type { Project } from '../project/model.ts';
import type { ComponentBuilder } from '../ui/build/component-builder.ts';
import { PlatformFault } from './contract.ts';
import type { OrgGateway, Session, UiChildRelationship } from './contract.ts';
import { parameter } from './router.ts';
import type { PreparedComponents } from './index.ts';
import type { SessionData } from './session-data.ts';
import type { Sessions } from './sessions.ts';
import { Site } from './site/site.ts';
import type { SiteSessions, SiteVisitor } from './site/site-sessions.ts';

/** A site and who visits it. */
export interface VisitedSite {
  readonly site: Site;
  readonly visitor: SiteVisitor;
}

const NO_SITE: SessionData['site'] = {
  Id: null,
  communityId: null,
  basePath: '',
  activeLanguages: [],
  apiBase: '',
  routes: [],
  returnUrl: null,
};

function siteData({ site, visitor }: VisitedSite): SessionData['site'] {
  return {
    Id: site.info.siteId,
    communityId: site.info.networkId,
    basePath: site.basePath,
    activeLanguages: site.bundle.languages,
    apiBase: `${site.basePath}/webruntime`,
    routes: site.routes,
    returnUrl: visitor.returnTo?.url ?? null,
  };
}

/** What the routes share. */
export class ServerContext {
  readonly gateway: OrgGateway;
  readonly builder: ComponentBuilder;
  readonly sessions: Sessions;
  readonly siteSessions: SiteSessions;
  readonly componentProblems: ReadonlyMap<string, readonly LocalOrgError[]>;
  project: Project;

  constructor(parts: {
    readonly gateway: OrgGateway;
    readonly components: Pick<PreparedComponents, 'builder' | 'problems'>;
    readonly sessions: Sessions;
    readonly siteSessions: SiteSessions;
    readonly project: Project;
  }) {
    this.gateway = parts.gateway;
    this.builder = parts.components.builder;
    this.componentProblems = parts.components.problems;
    this.sessions = parts.sessions;
    this.siteSessions = parts.siteSessions;
    this.project = parts.project;
  }

  async sessionData(session: Session, visited?: VisitedSite): Promise<SessionData> {
    const [user, organization, administrator] = await Promise.all([
      this.gateway.currentUser(session),
      this.gateway.organization(),
      this.gateway.defaultUserId(),
    ]);
    if (user === null) throw sessionEnded();
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
      site: visited === undefined ? NO_SITE : siteData(visited),
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

  /** The site with this address, and who asks; 404 when there is no such site, 401 when a member's session has ended. */
  async visited(request: FastifyRequest): Promise<VisitedSite> {
    const site = await this.site(parameter(request, 'site'));
    const visitor = await this.siteSessions.visitor(request, site);
    if (visitor === null || visitor.hasEnded) throw sessionEnded();
    return { site, visitor };
  }

  /** The site with this address; 404 when there is none. */
  async site(prefix: string): Promise<Site> {
    const site = await this.findSite(prefix);
    if (site === undefined) throw notFound();
    return site;
  }

  /** As {@link site}; undefined when there is none. */
  findSite(prefix: string): Promise<Site | undefined> {
    return Site.find(this.gateway, this.project, prefix);
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

/** The platform's answer to calls without a session, or with one that has ended. */
export function sessionEnded(): PlatformFault {
  return new PlatformFault({
    status: 401,
    errorCode: 'INVALID_SESSION_ID',
    message: 'Session expired or invalid',
  });
}
