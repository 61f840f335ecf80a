const MOST_REDIRECTS = 10;

/** Follows redirects and keeps cookies by origin, as a browser does; what it sends can be looked at and repeated. */
export class SmallBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();
  /** The addresses that were fetched. */
  readonly visited: string[] = [];

  /** The cookies of an address' origin, to take over or to plant. */
  cookiesOf(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const cookies = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, cookies);
    return cookies;
  }

  /** One request, its redirect not followed. */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    this.visited.push(url);
    const cookies = this.cookiesOf(url);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      const isOver = /;\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(set);
      if (isOver) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  /** Goes on until there is a page, or where `until` says to stop: that address is not fetched. */
  async follow(
    url: string,
    init: RequestInit = {},
    until: (url: string) => boolean = () => false,
  ): Promise<{ url: string; answer: Response | undefined }> {
    let [at, send] = [url, init];
    for (let step = 0; step < MOST_REDIRECTS; step++) {
      if (until(at)) return { url: at, answer: undefined };
      const answer = await this.fetch(at, send);
      const location = answer.headers.get('location');
      if (location === null) return { url: at, answer };
      await answer.body?.cancel();
      [at, send] = [new URL(location, at).href, {}];
    }
    throw new Error(`expected a page within ${MOST_REDIRECTS} redirects`);
  }

  /** Begins a sign-in at `url`, says who one is on the provider's page, and stops before going back. */
  async signInAs(account: string, url: string, back: string): Promise<string> {
    const isBack = (to: string) => to.startsWith(back);
    const page = await this.follow(url, {}, isBack);
    // Who is signed in at the provider already is not asked again.
    if (page.answer === undefined) return page.url;
    const body = new URLSearchParams({ account });
    const { url: backTo } = await this.follow(page.url, { method: 'POST', body }, isBack);
    return backTo;
  }
}
