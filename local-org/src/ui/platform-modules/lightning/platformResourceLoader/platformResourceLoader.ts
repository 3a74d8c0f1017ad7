const loaded = new Map<string, Promise<void>>();

function once(url: string, create: () => HTMLElement): Promise<void> {
  let promise = loaded.get(url);
  if (promise === undefined) {
    promise = new Promise((resolve, reject) => {
      const element = create();
      element.addEventListener('load', () => resolve());
      element.addEventListener('error', () => reject(new Error(`Cannot load ${url}`)));
      document.head.append(element);
    });
    promise.catch(() => loaded.delete(url));
    loaded.set(url, promise);
  }
  return promise;
}

/** Loads a script of a static resource, once. */
export function loadScript(_component: unknown, url: string): Promise<void> {
  return once(url, () => Object.assign(document.createElement('script'), { src: url }));
}

/** Loads a style sheet of a static resource, once. */
export function loadStyle(_component: unknown, url: string): Promise<void> {
  return once(url, () =>
    Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url }),
  );
}
