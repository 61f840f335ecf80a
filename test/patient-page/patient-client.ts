/** An answer as a browser without scripts has it. */
export interface PatientAnswer {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
  readonly headers: Headers;
}

/** A patient's browser: it keeps cookies and sends forms, and follows nothing by itself. */
export interface PatientClient {
  get(path: string): Promise<PatientAnswer>;
  post(path: string, fields: Readonly<Record<string, string>>): Promise<PatientAnswer>;
  /** The fields of the form with that action on a page, as they would be sent unchanged. */
  fields(page: PatientAnswer, action: string): Record<string, string>;
  cookies: Map<string, string>;
}

export function patientClient(url: string): PatientClient {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}): Promise<PatientAnswer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url + path, { redirect: 'manual', ...init, headers: { cookie, origin: url } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    const { status, headers } = answer;
    return { status, headers, location: headers.get('location'), text: await answer.text() };
  };
  return {
    cookies,
    get: (path) => ask(path),
    post: (path, fields) => ask(path, { method: 'POST', body: new URLSearchParams(fields) }),
    fields({ text }, action) {
      const form = text.split('<form ').find((part) => part.includes(`action="${action}"`)) ?? '';
      const inputs = [...form.split('</form>')[0]!.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
      return Object.fromEntries(inputs.map(([, name, value]) => [name!, value!]));
    },
  };
}
