/**
 * What the type jars lack or have wrong, by hand. Each entry names its source. The jars are of API 65.
 * `members` are in Apex notation; they are added to what the jars know.
 */
export interface OverlayType {
  readonly kind?: 'class' | 'interface' | 'enum';
  readonly isAbstract?: boolean;
  readonly extends?: string;
  readonly implements?: readonly string[];
  readonly members?: readonly string[];
  /** Enum constants to add. */
  readonly constants?: readonly string[];
  /** Members of the jars to drop before adding ours, by name; `<init>` for constructors, `<constants>` for those of an enum. */
  readonly removes?: readonly string[];
  readonly source: string;
}

const EXCEPTION_CONSTRUCTORS = (name: string): string[] => [
  `${name}()`,
  `${name}(String message)`,
  `${name}(Exception cause)`,
  `${name}(String message, Exception cause)`,
];

const APEX_REFERENCE = 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/';

export const LIBRARY_OVERLAY: Readonly<Record<string, OverlayType>> = {
  'Database.PaginationCursor': {
    members: [
      'Integer fetchDeleted(Integer start, Integer pageSize)',
      'Database.CursorFetchResult fetchPage(Integer start, Integer pageSize)',
      'Integer getNumRecords()',
    ],
    source: `${APEX_REFERENCE}apex_class_Database_PaginationCursor.htm`,
  },
  'Database.CursorFetchResult': {
    members: [
      'Integer getNextIndex()',
      'Integer getNumDeletedRecords()',
      'List<SObject> getRecords()',
      'Boolean isDone()',
    ],
    source: `${APEX_REFERENCE}apex_class_Database_CursorFetchResult.htm`,
  },
  'System.Database': {
    members: [
      'static Database.PaginationCursor getPaginationCursor(String query)',
      'static Database.PaginationCursor getPaginationCursor(String query, AccessLevel accessLevel)',
      'static Database.PaginationCursor getPaginationCursorWithBinds(String query, Map<String,Object> bindMap, AccessLevel accessLevel)',
    ],
    source: `${APEX_REFERENCE}apex_methods_system_database.htm`,
  },
  'System.FormulaValidationException': {
    extends: 'Exception',
    members: EXCEPTION_CONSTRUCTORS('FormulaValidationException'),
    source: 'Thrown by FormulaEval.FormulaBuilder.build(); the jars lack it',
  },
  'System.DataWeaveScriptException': {
    extends: 'Exception',
    members: EXCEPTION_CONSTRUCTORS('DataWeaveScriptException'),
    source: 'Apex Developer Guide, "DataWeave in Apex"; the jars lack it',
  },
  'Cache.OrgPartition': {
    extends: 'Cache.Partition',
    source: `${APEX_REFERENCE}apex_class_cache_OrgPartition.htm: "extends Cache.Partition"`,
  },
  'Cache.SessionPartition': {
    extends: 'Cache.Partition',
    source: `${APEX_REFERENCE}apex_class_cache_SessionPartition.htm: "extends Cache.Partition"`,
  },
  'Cache.Session.SessionCacheException': {
    extends: 'Exception',
    members: EXCEPTION_CONSTRUCTORS('SessionCacheException'),
    source: 'Seen in published code that compiles on Salesforce (apex-recipes); the jars lack it',
  },
  'Database.DuplicateError': {
    extends: 'Database.Error',
    source: `${APEX_REFERENCE}apex_class_Database_DuplicateError.htm: "subclass of Database.Error"`,
  },
  'Site.ExternalUserCreateException': {
    extends: 'Exception',
    members: [...EXCEPTION_CONSTRUCTORS('ExternalUserCreateException'), 'List<String> getDisplayMessages()'],
    source: `${APEX_REFERENCE}apex_methods_system_site.htm (createExternalUser); the jars lack it`,
  },
  'Auth.RegistrationHandler': {
    kind: 'interface',
    removes: ['<init>', 'createUser', 'updateUser'],
    members: [
      'abstract User createUser(Id portalId, Auth.UserData userData)',
      'abstract void updateUser(Id userId, Id portalId, Auth.UserData userData)',
    ],
    source: `${APEX_REFERENCE}apex_interface_Auth_RegistrationHandler.htm; the jars have a class`,
  },
  'System.Network': {
    members: [
      'static String createExternalUserAsync(User user, Contact contact, Account account)',
    ],
    source: `${APEX_REFERENCE}apex_methods_system_network.htm; the jars lack it`,
  },
  'System.Quiddity': {
    constants: ['UNDEFINED'],
    source: 'Apex Reference, Quiddity Enum; the jars lack UNDEFINED',
  },
  'System.LoggingLevel': {
    removes: ['<constants>'],
    constants: ['NONE', 'INTERNAL', 'FINEST', 'FINER', 'FINE', 'DEBUG', 'INFO', 'WARN', 'ERROR'],
    source: 'The jars list constants alphabetically; ordinals here are inferred from the log levels',
  },
  'System.TriggerOperation': {
    removes: ['<constants>'],
    constants: [
      'BEFORE_INSERT',
      'BEFORE_UPDATE',
      'BEFORE_DELETE',
      'AFTER_INSERT',
      'AFTER_UPDATE',
      'AFTER_DELETE',
      'AFTER_UNDELETE',
    ],
    source: `${APEX_REFERENCE}apex_enum_System_TriggerOperation.htm (order of the reference)`,
  },
};
