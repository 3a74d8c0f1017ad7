import type { LibraryTypeImplementation } from './contract.ts';
import { asyncContextTypes } from './async/contexts.ts';
import { databaseTypes } from './database/database.ts';
import { searchTypes } from './database/search.ts';
import { formulaTypes } from './formula/formula-eval.ts';
import { jsonTypes } from './json/json.ts';
import { schemaTypes } from './schema/schema.ts';
import { cacheTypes } from './cache/cache.ts';
import { cryptoType, encodingUtilType } from './crypto/crypto.ts';
import { connectTypes } from './services/connect.ts';
import { eventBusType } from './services/event-bus.ts';
import { labelType } from './services/label.ts';
import { invocableTypes } from './services/invocable.ts';
import { limitsType } from './services/limits.ts';
import { messagingTypes } from './services/messaging.ts';
import { metadataTypes } from './services/metadata.ts';
import { orgFactTypes } from './services/org-facts.ts';
import { securityTypes } from './services/security.ts';
import { settingTypes } from './services/settings.ts';
import { testTypes } from './services/test.ts';
import { featureManagementType, userInfoType } from './services/user-info.ts';
import { assertType } from './system/assert.ts';
import { blobType } from './system/blob.ts';
import { dateType } from './system/date.ts';
import { datetimeType } from './system/datetime.ts';
import { idType } from './system/id.ts';
import { listType } from './system/list.ts';
import { locationTypes } from './system/location.ts';
import { mapType } from './system/map.ts';
import { mathType } from './system/math.ts';
import { booleanType, decimalType, doubleType, integerType, longType } from './system/numbers.ts';
import { enumType, objectType } from './system/object.ts';
import { pageTypes } from './system/page-reference.ts';
import { setType } from './system/set.ts';
import { stringType } from './system/string.ts';
import { smallTypes } from './system/small-types.ts';
import { sobjectType } from './system/sobject.ts';
import { systemType } from './system/system.ts';
import { timeType, timeZoneType } from './system/time.ts';
import { patternTypes } from './text/matcher.ts';
import { typeType } from './system/type.ts';
import { triggerType } from './triggers/trigger.ts';
import { httpTypes } from './web/http.ts';
import { networkTypes } from './web/network.ts';
import { restTypes } from './web/rest.ts';
import { setControllerType } from './web/set-controller.ts';
import { urlType } from './web/url.ts';
import { visualEditorTypes } from './web/visual-editor.ts';
import { domTypes } from './xml/dom.ts';
import { streamReaderType } from './xml/stream-reader.ts';
import { streamWriterType } from './xml/stream-writer.ts';

/** Every type of the library that has hand-written members. */
export const IMPLEMENTATIONS: readonly LibraryTypeImplementation[] = [
  assertType,
  ...asyncContextTypes,
  blobType,
  booleanType,
  ...databaseTypes,
  dateType,
  datetimeType,
  decimalType,
  doubleType,
  enumType,
  idType,
  ...jsonTypes,
  integerType,
  listType,
  longType,
  mapType,
  mathType,
  objectType,
  ...pageTypes,
  ...schemaTypes,
  setType,
  ...smallTypes,
  sobjectType,
  stringType,
  timeType,
  systemType,
  timeZoneType,
  triggerType,
  typeType,
  ...cacheTypes,
  ...connectTypes,
  cryptoType,
  encodingUtilType,
  eventBusType,
  featureManagementType,
  ...formulaTypes,
  ...searchTypes,
  ...httpTypes,
  labelType,
  ...invocableTypes,
  limitsType,
  ...domTypes,
  ...locationTypes,
  ...networkTypes,
  ...orgFactTypes,
  setControllerType,
  streamReaderType,
  streamWriterType,
  ...visualEditorTypes,
  ...messagingTypes,
  ...metadataTypes,
  ...patternTypes,
  ...restTypes,
  ...securityTypes,
  ...settingTypes,
  ...testTypes,
  urlType,
  userInfoType,
];
