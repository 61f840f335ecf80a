import { LOGIN_PROBLEM_QUERY, STAFF_OPENID_PATHS } from '../../contracts/openid.ts';
import { organisationProblem, LOGIN_MESSAGES as words } from '../messages/login.sv.ts';
import { FormFailure } from '../shell/field.tsx';

/** Leads to the organisation's own sign-in, and tells what came of the last try. */
export function OrganisationSignIn({ search }: { readonly search: string }) {
  const query = new URLSearchParams(search);
  const problem = organisationProblem(query.get(LOGIN_PROBLEM_QUERY));
  query.delete(LOGIN_PROBLEM_QUERY);
  const address = query.size === 0 ? STAFF_OPENID_PATHS.begin : `${STAFF_OPENID_PATHS.begin}?${query}`;

  return (
    <section aria-labelledby="organisation-heading" className="organisation">
      <h2 id="organisation-heading">{words.organisationHeading}</h2>
      <p className="hint">{words.organisationHint}</p>
      <FormFailure text={problem} />
      <a className="button" href={address}>
        {words.organisation}
      </a>
    </section>
  );
}
