type Row = readonly [error: string, description: string, suberror?: string]

const GRANT = 'invalid_grant'
const CLIENT = 'invalid_client'
const REQUEST = 'invalid_request'
const TRANSIENT = 'temporarily_unavailable'

/**
 * What Entra says for each number: `error`, a description, `suberror`. The numbers of graph-contract 7.4, in its order, then
 * those that the issuer itself answers with. Descriptions are our own words; clients must not branch on them.
 */
export const AADSTS_TABLE = {
  700082: [
    GRANT,
    'The refresh token has expired because it was not used for 90 days.',
    'bad_token',
  ],
  70008: [GRANT, 'The provided authorization code or refresh token has expired.', 'bad_token'],
  50173: [GRANT, 'The grant was revoked; a fresh sign-in is needed.', 'bad_token'],
  70000: [GRANT, 'The provided grant is invalid or malformed.', 'bad_token'],
  700084: [
    GRANT,
    'The refresh token of a single-page app has a fixed lifetime, which is over.',
    'bad_token',
  ],
  70043: [GRANT, 'The sign-in frequency set by Conditional Access is exceeded.', 'token_expired'],
  50132: [GRANT, 'The session is not valid: the password expired or was changed.', 'bad_token'],
  50133: [
    GRANT,
    'The session is not valid: the password expired or was recently changed.',
    'bad_token',
  ],
  50089: [GRANT, 'The sign-in failed: the flow token has expired.', 'bad_token'],
  50076: [GRANT, 'Multi-factor authentication is required to reach this resource.', 'basic_action'],
  50074: [GRANT, 'Strong authentication is required.', 'basic_action'],
  50079: [GRANT, 'Enrolment in multi-factor authentication is required.', 'basic_action'],
  50072: [GRANT, 'Registration of a second factor is required.', 'basic_action'],
  50078: [GRANT, 'The multi-factor authentication has expired.', 'basic_action'],
  50158: [GRANT, 'An external security challenge was not satisfied.', 'additional_action'],
  50097: [GRANT, 'Device authentication is required.', 'additional_action'],
  53000: [GRANT, 'The device is not in the required state.', 'additional_action'],
  53001: [GRANT, 'The device is not domain joined.', 'additional_action'],
  53002: [GRANT, 'The app is not an approved app for Conditional Access.', 'additional_action'],
  53003: [GRANT, 'Access was blocked by Conditional Access policies.', 'message_only'],
  530035: [GRANT, 'Access was blocked by security defaults.', 'message_only'],
  53011: [GRANT, 'The user is blocked because of risk on the home tenant.', 'message_only'],
  50053: [GRANT, 'The account is locked: too many sign-ins went wrong.', 'message_only'],
  65001: [
    GRANT,
    'The user or administrator has not consented to use the application.',
    'consent_required',
  ],
  65004: ['access_denied', 'The user declined to consent to access the app.'],
  650052: [
    'invalid_resource',
    'The app needs a service that the organization has not subscribed to.',
  ],
  650056: [CLIENT, 'The application is misconfigured: it lists no permission for the resource.'],
  500011: ['invalid_resource', 'The resource principal was not found in the tenant.'],
  50105: [GRANT, 'The signed-in user is not assigned to a role for the application.'],
  50057: [GRANT, 'The user account is disabled.'],
  50034: [GRANT, 'The user account does not exist in the directory.'],
  50020: [GRANT, 'The user account of another identity provider does not exist in this tenant.'],
  50055: [GRANT, 'The password is expired.', 'user_password_expired'],
  50144: [GRANT, 'The Active Directory password of the user has expired.', 'user_password_expired'],
  50194: [REQUEST, 'The application is not configured as a multi-tenant application.'],
  50196: [GRANT, 'The server refused the request because it met a client request loop.'],
  700016: ['unauthorized_client', 'The application was not found in the directory.'],
  7000112: ['unauthorized_client', 'The application is disabled.'],
  7000215: [CLIENT, 'An invalid client secret was provided.'],
  7000222: [CLIENT, 'The provided client secret keys are expired.'],
  90094: ['consent_required', 'Administrator consent is required.'],
  90095: [
    'consent_required',
    'Administrator consent is required; the user was sent to ask for it.',
  ],
  90008: ['consent_required', 'The app has not been granted the right to sign people in.'],
  90002: [REQUEST, 'The tenant was not found.'],
  90038: [REQUEST, 'The tenant belongs to another cloud.'],
  530032: [GRANT, 'Access was blocked by a security policy of the tenant.', 'message_only'],
  700005: [GRANT, 'The authorization code is meant for another tenant.'],
  700027: [CLIENT, 'The signature of the client assertion is not valid.'],
  70002: [CLIENT, 'The credentials of the client could not be validated.'],
  54005: [GRANT, 'The authorization code was already redeemed.'],
  50033: [TRANSIENT, 'A transient error has occurred.'],
  50087: [TRANSIENT, 'A transient error has occurred during sign-out.'],
  40010: [TRANSIENT, 'The identity provider could be retried.'],
  90006: [TRANSIENT, 'The service is temporarily unavailable.'],
  90012: [TRANSIENT, 'The request has timed out.'],
  90024: [TRANSIENT, 'The request budget was exceeded; try again.'],
  90033: [TRANSIENT, 'A transient error has occurred. Please try again.'],
  90055: [TRANSIENT, 'The tenant has sent too many requests.'],
  90090: [TRANSIENT, 'The directory failed to answer; try again.'],
  // Beyond the contract's list: what the issuer's own checks answer.
  50011: [REQUEST, 'The redirect URI does not match one registered for the application.'],
  500112: [GRANT, 'The reply address does not match the one the code was asked for with.'],
  50013: [GRANT, 'The assertion failed its signature check.'],
  500131: [GRANT, 'The audience of the assertion is not the app that presents it.'],
  500133: [GRANT, 'The assertion is not within its valid time range.'],
  50058: ['login_required', 'A silent sign-in was asked for, but nobody is signed in.'],
  50059: [REQUEST, 'The request names no tenant; this flow needs a concrete one.'],
  501481: [
    GRANT,
    'The code_verifier does not match the code_challenge of the authorization request.',
  ],
  50027: [REQUEST, 'The token is not a valid JWT.'],
  650053: [CLIENT, 'The application asked for a scope that the resource does not have.'],
  700023: [CLIENT, 'The audience of the client assertion is not this token endpoint.'],
  700024: [CLIENT, 'The client assertion is not within its valid time range.'],
  700054: ['unsupported_response_type', 'The response_type is not enabled for the application.'],
  7000218: [CLIENT, 'The request must carry client_assertion or client_secret.'],
  70003: ['unsupported_grant_type', 'The grant type is not supported.'],
  70011: ['invalid_scope', 'The scope is not valid.'],
  28000: ['invalid_scope', 'The scope names more than one resource.'],
  1002012: [
    'invalid_scope',
    'A client credentials scope must be a resource with the suffix /.default.',
  ],
  900144: [
    REQUEST,
    'The form-encoded request must carry a parameter that is missing or malformed.',
  ],
  9002325: [REQUEST, 'Proof Key for Code Exchange is required to redeem a code across origins.'],
  9002326: [REQUEST, 'Only a single-page application may redeem across origins.'],
  9002327: [REQUEST, 'A single-page application may redeem only across origins.'],
} as const satisfies Record<number, Row>

export type AadstsCode = keyof typeof AADSTS_TABLE

/** Codes that a client answers with a claims challenge: the body carries `claims` (graph-contract 7.4). */
export const CODES_WITH_CLAIMS: ReadonlySet<AadstsCode> = new Set<AadstsCode>([
  50076, 50074, 50079, 50072, 50078, 50158, 50097, 53000, 53001, 53002,
])
