package io.trunkline.sip.call;

import java.util.function.Consumer;

/**
 * Rewrites the session descriptions of calls so that their media goes through a relay, for targets that are {@link Target#anchored}.
 * What comes of it may come later, on the same thread. Descriptions are texts of as many characters as they have octets.
 */
public interface MediaAnchor {
    /** There is no relay: nothing can be anchored. */
    MediaAnchor NONE = new MediaAnchor() {
        @Override
        public void offer(final String call, final String from, final String sdp, final Consumer<String> then) {
            then.accept(null);
        }

        @Override
        public void answer(
                final String call, final String from, final String to, final String sdp, final Consumer<String> then) {
            then.accept(null);
        }

        @Override
        public void end(final String call) {
            // Nothing is anchored.
        }
    };

    /**
     * An offer that goes on to the other side.
     *
     * @param call names the call
     * @param from names the side that offers
     * @param then hears exactly once, perhaps before this returns: the description to go on with; null: it must not go on
     */
    void offer(String call, String from, String sdp, Consumer<String> then);

    /**
     * The answer to an offer.
     *
     * @param from the side that offered
     * @param to the side that answers
     */
    void answer(String call, String from, String to, String sdp, Consumer<String> then);

    /** The call is over; {@code then} of what is still asked is heard all the same. */
    void end(String call);
}
