/** A capability of the Salesforce mobile app. In a browser it is not available, there as here. */
interface Capability {
  readonly isAvailable: () => boolean;
}

/**
 * Documented: outside the mobile apps `isAvailable()` answers false, and everything else is an error.
 * https://developer.salesforce.com/docs/platform/lwc/guide/use-mobile-capabilities.html
 */
function unavailable(name: string): () => Capability {
  return () =>
    new Proxy<Capability>(
      { isAvailable: () => false },
      {
        get: (target, member) => {
          if (member === 'isAvailable') return target.isAvailable;
          // Constants such as barcodeTypes are read before anybody asks.
          if (typeof member === 'symbol' || /Types$/.test(member)) return {};
          return () =>
            Promise.reject(
              Object.assign(new Error(`${name} is not available outside the mobile app`), {
                code: 'SERVICE_NOT_ENABLED',
              }),
            );
        },
      },
    );
}

export const getBarcodeScanner = unavailable('BarcodeScanner');
export const getLocationService = unavailable('LocationService');
export const getContactsService = unavailable('ContactsService');
export const getCalendarService = unavailable('CalendarService');
export const getBiometricsService = unavailable('BiometricsService');
export const getAppReviewService = unavailable('AppReviewService');
export const getDocumentScanner = unavailable('DocumentScanner');
export const getNfcService = unavailable('NfcService');
export const getPaymentsService = unavailable('PaymentsService');
export const getGeofencingService = unavailable('GeofencingService');
export const getArSpaceCapture = unavailable('ArSpaceCapture');

/** Deprecated constants, still imported by older components. */
export const processType = Object.freeze({});
export const scannerTypes = Object.freeze({});
