package io.trunkline.perf.claims;

import java.util.List;

/** One round of attacks on both kinds of listener. */
final class Attacks {
    private final SmppAttacks smpp;
    private final UpstreamAttacks upstream;

    Attacks(final int smppPort, final int upstreamPort, final String user, final String secret, final long seed) {
        smpp = new SmppAttacks(smppPort, user, secret, seed);
        upstream = new UpstreamAttacks(upstreamPort, user, secret, seed);
    }

    /** Runs all; adds what was answered wrongly to {@code wrong} and returns how many there were. */
    int all(final List<String> wrong) {
        return attack("smpp", smpp.all(), wrong) + attack("upstream", upstream.all(), wrong);
    }

    /** Runs these; adds what was answered wrongly to {@code wrong} and returns how many there were. */
    static int attack(final String listener, final List<Attack> attacks, final List<String> wrong) {
        for (final Attack attack : attacks) {
            try {
                final String complaint = attack.step().run();
                if (complaint != null) {
                    wrong.add(listener + ", " + attack.name() + ": " + complaint);
                }
            } catch (final Exception e) {
                wrong.add(listener + ", " + attack.name() + ": " + e);
            }
        }
        return attacks.size();
    }

    /** One thing to try. */
    record Attack(String name, Step step) {}

    /** Tries it; null where the answer was right, else what was wrong. */
    interface Step {
        String run() throws Exception;
    }
}
