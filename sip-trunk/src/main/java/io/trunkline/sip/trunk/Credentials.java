package io.trunkline.sip.trunk;

import io.trunkline.sip.digest.DigestAlgorithm;

/**
 * How we show a peer who we are.
 *
 * @param realm the only realm that is answered: what another one asks for is for somebody else
 * @param weakest weaker algorithms are not answered
 */
public record Credentials(String user, String realm, String password, DigestAlgorithm weakest) {
    public Credentials {
        Texts.quotable(user, "user");
        Texts.quotable(realm, "realm");
    }

    @Override
    public String toString() {
        return "Credentials[" + user + " at " + realm + "]";
    }
}
