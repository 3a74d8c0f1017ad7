import inspector from 'node:inspector';

/**
 * Opens Node's inspector on loopback and waits until a debugger is there: VS Code, Chrome or `node inspect`. Source maps show it the Apex files.
 *
 * @param port 0 for any that is free; the inspector prints where it listens
 */
export function waitForDebugger(port: number): void {
  inspector.open(port, '127.0.0.1', true);
}
