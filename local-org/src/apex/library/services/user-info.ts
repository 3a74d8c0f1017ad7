import { currentTransaction } from '../../../execution/current.ts';
import { define, required } from '../define.ts';
import { notImplemented } from '../environment.ts';
import { ApexTimeZone } from '../system/time.ts';

function organization(): { readonly id: string; readonly name: string } {
  const { organization: found } = currentTransaction();
  if (found === undefined) throw notImplemented('UserInfo.getOrganizationId()');
  return found;
}

const user = () => currentTransaction().user;

export const userInfoType = define('UserInfo', {
  'getDefaultCurrency()': () => 'USD',
  'getFirstName()': () => user().firstName,
  'getLanguage()': () => user().language,
  'getLastName()': () => user().lastName,
  'getLocale()': () => user().locale,
  'getName()': () => user().name,
  'getOrganizationId()': () => organization().id,
  'getOrganizationName()': () => organization().name,
  'getProfileId()': () => user().profileId,
  // There is no session in asynchronous work; elsewhere the value is opaque and must not look like a real one.
  'getSessionId()': () =>
    currentTransaction().entry === 'aura' || currentTransaction().isTest
      ? `${organization().id.slice(0, 15)}!local-org`
      : null,
  'getTimeZone()': () => new ApexTimeZone(user().timeZone),
  'getUiTheme()': () => 'Theme4d',
  'getUiThemeDisplayed()': () => 'Theme4d',
  'getUserEmail()': () => user().email,
  'getUserId()': () => user().id,
  'getUserName()': () => user().userName,
  'getUserRoleId()': () => user().roleId,
  'getUserType()': () => user().userType,
  'hasPackageLicense(Id)': () => false,
  'isCurrentUserLicensed(String)': () => false,
  'isCurrentUserLicensedForPackage(Id)': () => false,
  'isMultiCurrencyOrganization()': () =>
    currentTransaction().schema.shape.features.has('multiCurrency'),
});

export const featureManagementType = define('FeatureManagement', {
  'checkPermission(String)': (name: string | null) =>
    currentTransaction().services.permissions.hasCustomPermission(required(name)),
});
