/** Preloaded into the pinned Node by run-typescript.mjs: ends this process when the launcher is gone. */
import process from 'node:process';

if (process.channel !== undefined && process.channel !== null) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // Listening must not keep an otherwise finished program alive.
  process.channel.unref();
}
