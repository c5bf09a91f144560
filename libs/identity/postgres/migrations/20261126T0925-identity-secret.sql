-- What the product must give to others in clear (credentials of stores, keys of webhooks), encrypted under the installation's keys,
-- which are not in here. The place (workspace, name) is authenticated with the text: rows cannot be exchanged.
CREATE TABLE identity.secret (
  -- '' for those of the whole server.
  workspace text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  -- Of the key it is encrypted under.
  kid text COLLATE "C" NOT NULL,
  -- JWE in its compact form.
  ciphertext text NOT NULL,
  creation_time bigint NOT NULL,
  created_by text NOT NULL,
  last_update_time bigint NOT NULL,
  last_update_by text NOT NULL,
  PRIMARY KEY (workspace, name)
);
