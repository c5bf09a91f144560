/**
 * A real OpenID Connect provider as a process of its own: `node oidc-provider.ts <port> <redirect address>`. Whoever types a
 * name gets in as `<name>@example.org`; the provider vouches for the address, unless the name begins with "unverified".
 */
import { Provider } from "oidc-provider";

const [, , port = "", redirect = ""] = process.argv;
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "runweir",
      client_secret: "the secret of the client",
      redirect_uris: [redirect],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["of this test"] },
  pkce: { required: () => true },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id,
      name: `${id} of the provider`,
      email: `${id}@example.org`,
      email_verified: !id.startsWith("unverified"),
    }),
  }),
  // Nobody is asked whether they agree: that page is the provider's own business.
  async loadExistingGrant(context) {
    const { session, client, params, provider: own } = context.oidc;
    if (!session?.accountId || !client) return undefined;
    const grant = new own.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.addOIDCScope(String(params?.scope));
    await grant.save();
    return grant;
  },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
