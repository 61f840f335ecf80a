import type { Command } from 'commander';

/** The options of `npm start --` and of `taltid serve`; each wins over its variable in the environment. */
export function withServeOptions(command: Command): Command {
  return (
    command
      .option('--host <host>', 'address to listen on (default: 127.0.0.1)')
      .option('--port <port>', 'port to listen on (default: 8420)')
      .option('--tls-cert <file>', 'certificate for HTTPS, PEM; "taltid certificate" makes one')
      .option('--tls-key <file>', 'its private key, PEM')
      .option('--behind-proxy <addresses>', 'a reverse proxy does HTTPS; believe X-Forwarded-* from these addresses')
      .option('--insecure-http', 'serve other computers over plain HTTP, for trials only')
      .option('--vocabulary <file>', "the site's own terms: one a line, with how it sounds and a weight after tabs")
      // Without it, --no-demo would say yes when it is not given.
      .option('--demo', 'fill an empty database with the made-up clinic (the default)')
      .option('--no-demo', 'leave it out; the log then names the page where the first account is made')
  );
}
